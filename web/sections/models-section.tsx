import { useState } from 'preact/hooks';
import type { ReportData, ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { DifferenceChart } from '../charts/difference-chart.tsx';
import { GroupMetricChart } from '../charts/group-metric-chart.tsx';
import { PrecisionChart } from '../charts/precision-chart.tsx';
import { RiskCurveChart } from '../charts/risk-curve-chart.tsx';
import { TrialsChart } from '../charts/trials-chart.tsx';
import { baselineSentence, chanceSentence, judgeModel } from '../findings/model-verdict.ts';
import { riskMetricSentences } from '../findings/risk-findings.ts';
import { ThresholdExplorer } from '../threshold/threshold-explorer.tsx';
import { AuditPart } from './audit-part.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { ExplanationPart } from './explanation-part.tsx';
import { ModelCurves } from './model-curves.tsx';
import { ModelSelector } from './model-selector.tsx';
import { LeakNotice, Notice } from './notice.tsx';
import { Part, Section } from './section.tsx';
import { SufficiencyPart } from './sufficiency-part.tsx';

export function ModelsSection({ data }: { data: ReportData }) {
  const { learning, meta } = data;
  return (
    <Section id="models" title="Models">
      {learning ? (
        <>
          <LeakNotice protocol={meta.protocol} />
          <Models learning={learning} loss={meta.words.loss} />
        </>
      ) : (
        <Notice title="No model was trained.">{data.nothingToLearn}</Notice>
      )}
    </Section>
  );
}

function Models({ learning, loss }: { learning: ReportLearning; loss: string }) {
  const verdict = judgeModel(learning);
  const { judgement, trials, sufficiency, riskByDay } = learning;
  return (
    <>
      <p class="lead">
        {chanceSentence(verdict)} {baselineSentence(verdict)}
      </p>
      <ComparisonTable learning={learning} />
      <PrecisionChart learning={learning} />
      {judgement && <DifferenceChart learning={learning} differences={judgement.differences} />}
      <Part id="one-model" title="One model, closely">
        <OneModel learning={learning} />
      </Part>
      {riskByDay && (
        <Part id="by-day" title="By each day to come">
          <RiskCurveChart riskByDay={riskByDay} loss={loss} />
          <p class="aside">{riskMetricSentences(riskByDay).join(' ')}</p>
        </Part>
      )}
      <Part id="importance" title="What the chosen model uses">
        <ExplanationPart learning={learning} />
      </Part>
      {judgement && (
        <Part id="groups" title="For whom it holds">
          <GroupMetricChart groups={judgement.groups} />
        </Part>
      )}
      {trials && (
        <Part id="trials" title="Settings that were tried">
          <div class="grid">
            {trials.learners.map((learner) => (
              <TrialsChart key={learner.learner} learner={learner} order={trials.order} />
            ))}
          </div>
        </Part>
      )}
      {sufficiency && (
        <Part id="sufficiency" title="Do the data suffice?">
          <SufficiencyPart sufficiency={sufficiency} />
        </Part>
      )}
      <AuditPart audit={learning.audit} />
    </>
  );
}

function OneModel({ learning }: { learning: ReportLearning }) {
  const [selected, setSelected] = useState<ReportModel>(judgeModel(learning).chosen);
  return (
    <>
      <ModelSelector
        models={learning.models}
        chosen={learning.chosen}
        selected={selected}
        onSelect={setSelected}
      />
      <ThresholdExplorer key={selected.name} model={selected} />
      <ModelCurves model={selected} learning={learning} />
    </>
  );
}
