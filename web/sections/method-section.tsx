import type { ReportData, ReportLearning } from '../../src/report/report-data.ts';
import { FoldPicture } from '../charts/fold-picture.tsx';
import { SplitPicture } from '../charts/split-picture.tsx';
import { splitFinding } from '../findings/split-finding.ts';
import { FeatureCatalogue } from './feature-catalogue.tsx';
import { Glossary } from './glossary.tsx';
import { LeakNotice, Notice } from './notice.tsx';
import { RepeatPart } from './repeat-part.tsx';
import { Part, Section } from './section.tsx';

export function MethodSection({ data }: { data: ReportData }) {
  const { meta, learning } = data;
  return (
    <Section
      id="method"
      title="Method"
      lead="What the words mean, who was learned from and tested on, every feature with its formula, and how to make this report again."
    >
      {meta.note && <Notice title="About this log.">{meta.note}</Notice>}
      <LeakNotice protocol={meta.protocol} />
      <Glossary meta={meta} />
      {learning && <Splits data={data} learning={learning} />}
      {learning && (
        <Part id="catalogue" title="Features">
          <FeatureCatalogue catalogue={learning.catalogue} />
        </Part>
      )}
      <Part id="repeat" title="How to repeat it">
        <RepeatPart data={data} />
      </Part>
    </Section>
  );
}

function Splits({ data, learning }: { data: ReportData; learning: ReportLearning }) {
  const { cutoffs, judgement } = learning;
  return (
    <Part id="split" title="How the examples were split">
      <SplitPicture title={splitFinding(cutoffs)} cutoffs={cutoffs} meta={data.meta} log={data.log} />
      {judgement && data.meta.protocol === 'forecast' && (
        <>
          <p class="aside">How the learner and its settings were chosen: {judgement.split.words}.</p>
          <FoldPicture cutoffs={cutoffs} usersByFold={judgement.split.usersByFold} />
        </>
      )}
    </Part>
  );
}
