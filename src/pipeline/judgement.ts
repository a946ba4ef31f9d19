import type { BootstrapOptions } from '../evaluation/bootstrap.ts';
import { calibrationCurve, expectedCalibrationError } from '../evaluation/calibration.ts';
import { calibrationLine } from '../evaluation/calibration-line.ts';
import { verdict } from '../evaluation/compare-models.ts';
import { groupMetrics } from '../evaluation/group-metrics.ts';
import { metricNames } from '../evaluation/metrics.ts';
import { brierScore, logLoss } from '../evaluation/probability-metrics.ts';
import { tallyScores } from '../evaluation/score-tally.ts';
import { dateOf } from '../features/cutoffs.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { ReportCalibrationFit, ReportJudgement } from '../report/report-judgement.ts';
import type { Decided } from './decide-learner.ts';
import { pick, pickLabels } from './pick-rows.ts';
import { groupings } from './test-groups.ts';
import type { LearnedNumbers } from './without-models.ts';

/** How learners were set apart, chosen, calibrated and compared, as plain data: for the report and for `metrics/`. */
export function judgementOf(
  learned: LearnedNumbers,
  rows: Omit<ExampleRows, 'users'>,
  options: BootstrapOptions,
): ReportJudgement {
  return {
    split: splitOf(learned),
    calibration: calibrationsOf(learned, rows),
    differences: differencesOf(learned),
    groups: groupsOf(learned, rows, options),
  };
}

function splitOf({ plan, selection, foldOfUser }: LearnedNumbers): ReportJudgement['split'] {
  const usersByFold = plan.fits.map(({ fold }) => foldOfUser.filter((own) => own === fold).length);
  const { order, words, windows } = selection;
  return {
    ...{ usersByFold, order, words },
    windows: windows.map(({ learnedTo, from, to }) => ({
      learnedTo: dateOf(learnedTo),
      from: dateOf(from),
      to: dateOf(to),
    })),
  };
}

function calibrationsOf(
  { judged, plan, groups }: LearnedNumbers,
  rows: Pick<ExampleRows, 'labels'>,
): ReportJudgement['calibration'] {
  const labels = pickLabels(rows.labels, plan.testRows);
  const users = Int32Array.from(plan.testRows, (row) => groups[row]);
  return judged.map((one) => ({
    ...calibrationChoice(one),
    before: calibrationFit(labels, pick(one.uncalibrated, plan.testRows), users),
    after: calibrationFit(labels, pick(one.probabilities, plan.testRows), users),
  }));
}

/** What puts a learner's probabilities right, and what else was tried. */
export function calibrationChoice({ name, calibration }: Pick<Decided, 'name' | 'calibration'>) {
  return {
    model: name,
    calibrator: calibration.name,
    candidates: calibration.candidates.map(({ name, loss, excess, error }) => ({
      ...{ calibrator: name, logLoss: loss },
      ...{ excess, error },
    })),
  };
}

function calibrationFit(
  labels: Uint8Array,
  probabilities: Float64Array,
  users: Int32Array,
): ReportCalibrationFit {
  const tally = tallyScores(labels, probabilities);
  const curve = calibrationCurve(tally);
  return {
    expectedCalibrationError: expectedCalibrationError(curve),
    logLoss: logLoss(tally),
    brier: brierScore(tally),
    ...calibrationLine(labels, probabilities, users),
    curve,
  };
}

function differencesOf({ judged, pairs }: LearnedNumbers): ReportJudgement['differences'] {
  return pairs.flatMap((pair) => {
    const [model, against] = [judged[pair.model].name, judged[pair.against].name];
    const better = { better: model, worse: against, neither: null };
    return metricNames.map((metric) => ({
      ...{ model, against, metric },
      difference: pair.difference.intervals[metric],
      together: { low: pair.together[metric].low, high: pair.together[metric].high },
      better: better[verdict(pair, metric)],
    }));
  });
}

/** Enough for intervals that are only to show what is surely different: every group costs as much as a model. */
const groupReplicates = 200;

function groupsOf(
  { chosen, plan, groups: users }: LearnedNumbers,
  rows: Omit<ExampleRows, 'users'>,
  { seed, replicates = groupReplicates }: BootstrapOptions,
): ReportJudgement['groups'] {
  const options = { seed, replicates: Math.min(replicates, groupReplicates) };
  const labels = pickLabels(rows.labels, plan.testRows);
  const probabilities = pick(chosen.probabilities, plan.testRows);
  const userOfRow = Int32Array.from(plan.testRows, (row) => users[row]);
  return groupings(rows, plan.testRows).flatMap(({ attribute, groups, groupOfRow }) =>
    groupMetrics(labels, probabilities, userOfRow, groups, groupOfRow, options).map((found) => ({
      attribute,
      ...found,
    })),
  );
}
