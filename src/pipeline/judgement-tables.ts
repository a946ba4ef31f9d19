import { leastUsers } from '../evaluation/group-metrics.ts';
import type { Interval } from '../evaluation/intervals.ts';
import type { ReportCalibrationFit, ReportJudgement } from '../report/report-judgement.ts';
import type { Cell } from '../table/table.ts';

type Records = readonly Readonly<Record<string, Cell>>[];

/** The judgement as tables, by name. */
export function judgementTables({
  split,
  calibration,
  differences,
  groups,
}: ReportJudgement): Readonly<Record<string, Records>> {
  return {
    selection: split.windows.map(({ learnedTo, from, to }) => ({
      fitted_to: learnedTo,
      judged_from: from,
      judged_to: to,
    })),
    calibrators: calibratorRecords(calibration),
    calibration_line: eachFit(
      calibration,
      ({ expectedCalibrationError, logLoss, brier, intercept, slope }) => [
        {
          expected_calibration_error: expectedCalibrationError,
          log_loss: logLoss,
          brier,
          ...prefixed('intercept', intercept),
          ...prefixed('slope', slope),
        },
      ],
    ),
    calibration: eachFit(calibration, ({ curve }) =>
      curve.map(({ predicted, observed, examples }) => ({
        predicted,
        observed: observed.value,
        low: observed.low,
        high: observed.high,
        examples,
      })),
    ),
    differences: differences.map(({ model, against, metric, difference, together, better }) => ({
      ...{ model, against, metric, difference: difference.value },
      ...{ low: difference.low, high: difference.high },
      ...{ together_low: together.low, together_high: together.high },
      better,
    })),
    groups: groups.map(({ attribute, group, users, rows, lost, isTooSmall, ...found }) => ({
      ...{ attribute, group, users, rows, lost },
      ...prefixed('roc_auc', found.rocAuc),
      ...prefixed('average_precision', found.averagePrecision),
      ...prefixed('brier', found.brier),
      ...prefixed('bias', found.bias),
      note: isTooSmall ? `fewer than ${leastUsers} users of an outcome: too few to tell` : '',
    })),
  };
}

/** Every calibrator that was tried, and whether it is delivered. */
export function calibratorRecords(
  calibration: readonly Pick<ReportJudgement['calibration'][number], 'model' | 'calibrator' | 'candidates'>[],
): Records {
  return calibration.flatMap(({ model, calibrator: chosen, candidates }) =>
    candidates.map(({ calibrator, logLoss, excess, error }) => ({
      ...{ model, calibrator, log_loss: logLoss, excess, error },
      is_delivered: calibrator === chosen,
    })),
  );
}

/** Every model's records, as the learner left its probabilities and as they are delivered. */
function eachFit(
  calibration: ReportJudgement['calibration'],
  recordsOf: (fit: ReportCalibrationFit) => Records,
): Records {
  return calibration.flatMap(({ model, before, after }) => [
    ...recordsOf(before).map((record) => ({ model, probability: 'uncalibrated', ...record })),
    ...recordsOf(after).map((record) => ({ model, probability: 'delivered', ...record })),
  ]);
}

/** A number with its limits, in three columns. */
export function prefixed(name: string, { value, low, high }: Interval) {
  return { [name]: value, [`${name}_low`]: low, [`${name}_high`]: high };
}
