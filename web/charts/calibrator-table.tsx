import type { ReportJudgement } from '../../src/report/report-judgement.ts';
import { BarTable } from '../tables/bar-table.tsx';
import { missing } from '../words/number.ts';

type Calibration = ReportJudgement['calibration'][number];
type Name = Calibration['calibrator'];

const inWords: Readonly<Record<Name, string>> = {
  none: 'as the learner left it',
  platt: 'Platt',
  beta: 'beta',
  isotonic: 'isotonic',
};

/** Ways to put a model's probabilities right, and why one of them is delivered. */
export function CalibratorTable({ calibration: { calibrator, candidates } }: { calibration: Calibration }) {
  const worst = Math.max(Number.MIN_VALUE, ...candidates.map(({ excess }) => excess));
  return (
    <BarTable
      name="calibrators"
      title={titleOf(calibrator, candidates)}
      subtitle="Log loss of probabilities put right out of fold, on validation rows, in thousandths of a nat; the bar is how much each is over the least. Delivered is the simplest within its own standard error of the least."
      columns={[
        { title: 'Calibration' },
        { title: 'Log loss', format: milli },
        { title: 'Over the least', format: milli },
        { title: 'Standard error', format: milli },
      ]}
      rows={candidates.map((one) => ({
        name: `${inWords[one.calibrator]}${one.calibrator === calibrator ? ', delivered' : ''}`,
        share: one.excess / worst,
        cells: [one.logLoss, one.excess, one.error],
      }))}
    />
  );
}

function titleOf(delivered: Name, candidates: Calibration['candidates']): string {
  const least = candidates.find(({ excess }) => excess === 0);
  if (least === undefined) return 'How the probabilities could be put right is not known';
  const best =
    least.calibrator === delivered ? 'has the least log loss' : 'is as good as the best within chance';
  return delivered === 'none'
    ? `The probabilities are delivered as learned: that ${best}`
    : `The probabilities are put right by ${inWords[delivered]} calibration, which ${best}`;
}

/** Thousandths, to two decimals. */
function milli(nats: number): string {
  return Number.isFinite(nats) ? (nats * 1000).toFixed(2) : missing;
}
