import type { ReportSufficiency } from '../../src/report/report-sufficiency.ts';
import { AblationChart } from '../charts/ablation-chart.tsx';
import { LearningCurveChart } from '../charts/learning-curve-chart.tsx';
import { TestPrecisionChart } from '../charts/test-precision-chart.tsx';
import { capitalised } from '../words/plural.ts';
import { SufficiencyVerdict } from './sufficiency-verdict.tsx';

/** Whether the data suffice: the verdict, how closely tests of this size know a metric, and what less data would have given. */
export function SufficiencyPart({ sufficiency }: { sufficiency: ReportSufficiency }) {
  const { measured, precision } = sufficiency;
  return (
    <>
      <SufficiencyVerdict sufficiency={sufficiency} />
      <div class="grid">
        <TestPrecisionChart precision={precision} />
        {measured?.curves.map((curve) => (
          <LearningCurveChart key={curve.of} curve={curve} learner={measured.learner} />
        ))}
      </div>
      {measured && measured.ablation.length > 0 && (
        <>
          {measured.ablationFindings.map((finding) => (
            <p key={finding} class="aside">
              {capitalised(finding)}
            </p>
          ))}
          <AblationChart ablation={measured.ablation} learner={measured.learner} />
        </>
      )}
    </>
  );
}
