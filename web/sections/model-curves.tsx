import type { ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { CalibrationChart } from '../charts/calibration-chart.tsx';
import { CalibratorTable } from '../charts/calibrator-table.tsx';
import { GainsChart } from '../charts/gains-chart.tsx';
import { LiftChart } from '../charts/lift-chart.tsx';
import { PrecisionRecallChart } from '../charts/precision-recall-chart.tsx';
import { RocChart } from '../charts/roc-chart.tsx';
import { ScoreDistributionChart } from '../charts/score-distribution-chart.tsx';
import { calibrationFinding } from '../findings/curve-findings.ts';

/** One model on test rows, beside the baseline, and how its probabilities were put right. */
export function ModelCurves({ model, learning }: { model: ReportModel; learning: ReportLearning }) {
  const baseline = learning.models.find(({ name }) => name === 'baseline');
  const calibration = learning.judgement?.calibration.find((one) => one.model === model.name);
  return (
    <div class="grid">
      <RocChart model={model} baseline={baseline} />
      <PrecisionRecallChart model={model} baseline={baseline} shareLost={testShareLost(learning)} />
      <GainsChart model={model} baseline={baseline} />
      <LiftChart model={model} baseline={baseline} />
      <CalibrationChart
        title={calibrationFinding(model)}
        bins={model.calibration}
        {...(calibration && calibration.calibrator !== 'none'
          ? { before: { bins: calibration.before.curve, calibrator: calibration.calibrator } }
          : {})}
      />
      <ScoreDistributionChart model={model} />
      {calibration && calibration.candidates.length > 0 && <CalibratorTable calibration={calibration} />}
    </div>
  );
}

function testShareLost({ cutoffs }: ReportLearning): number {
  const test = cutoffs.filter(({ role }) => role === 'test');
  const examples = test.reduce((sum, cutoff) => sum + cutoff.examples, 0);
  return test.reduce((sum, cutoff) => sum + cutoff.lost, 0) / examples;
}
