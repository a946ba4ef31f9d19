import { useState } from 'preact/hooks';
import type { ReportData, ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { ConfusionMatrix } from '../charts/confusion-matrix.tsx';
import { ImportanceChart } from '../charts/importance-chart.tsx';
import { PrecisionChart } from '../charts/precision-chart.tsx';
import { SplitPicture } from '../charts/split-picture.tsx';
import { confusionFinding, importanceFinding } from '../findings/curve-findings.ts';
import { baselineSentence, chanceSentence, judgeModel } from '../findings/model-verdict.ts';
import { splitFinding } from '../findings/split-finding.ts';
import { AuditPart } from './audit-part.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { ModelCurves } from './model-curves.tsx';
import { ModelSelector } from './model-selector.tsx';
import { LeakNotice, Notice } from './notice.tsx';
import { Section } from './section.tsx';

export function ModelsSection({ data }: { data: ReportData }) {
  const { learning, meta } = data;
  return (
    <Section id="models" title="Models">
      {learning ? (
        <>
          <LeakNotice protocol={meta.protocol} />
          <Models data={data} learning={learning} />
        </>
      ) : (
        <Notice title="No model was trained.">{data.nothingToLearn}</Notice>
      )}
    </Section>
  );
}

function Models({ data, learning }: { data: ReportData; learning: ReportLearning }) {
  const verdict = judgeModel(learning);
  const [selected, setSelected] = useState<ReportModel>(verdict.chosen);
  return (
    <>
      <p class="lead">
        {chanceSentence(verdict)} {baselineSentence(verdict)}
      </p>
      <ComparisonTable learning={learning} />
      <div class="grid">
        <PrecisionChart learning={learning} />
        <ConfusionMatrix title={confusionFinding(learning.confusion)} confusion={learning.confusion} />
      </div>
      <h3 class="part-title">One model, closely</h3>
      <ModelSelector
        models={learning.models}
        chosen={learning.chosen}
        selected={selected}
        onSelect={setSelected}
      />
      <ModelCurves model={selected} learning={learning} />
      <h3 class="part-title" id="importance">
        What the chosen model uses
      </h3>
      <ImportanceChart title={importanceFinding(learning.features)} features={learning.features} />
      <AuditPart audit={learning.audit} />
      <h3 class="part-title">How the examples were split</h3>
      <SplitPicture
        title={splitFinding(learning.cutoffs)}
        cutoffs={learning.cutoffs}
        meta={data.meta}
        log={data.log}
      />
    </>
  );
}
