import type { Effects } from '../../effects.ts';
import type { ExampleRows } from '../../features/examples.ts';
import type { LearnerSettings } from '../../models/learners.ts';
import { type PredictTask, predictAll } from '../../models/predict-all.ts';
import type { Split } from '../split.ts';

/** One way to learn for the same test rows. */
export interface Way {
  /** Of each of the plan's fits, in order. */
  readonly trainRows: readonly Int32Array[];
  /** Places of the columns that the learner sees; absent where it sees all. */
  readonly columns?: readonly number[];
  /** By default the trial's. */
  readonly seed?: number;
}

/** What stays the same in every way. */
export interface Trial {
  readonly rows: ExampleRows;
  readonly split: Split;
  readonly learner: LearnerSettings;
  readonly seed: number;
  /** That one fit learns from at most; see `LearnSettings`. */
  readonly maxFitExamples: number;
  readonly replicates: number;
}

/** The plan's own way: all that it allows to learn from. */
export function wholeWay({ split: { plan } }: Pick<Trial, 'split'>): Way {
  return { trainRows: plan.fits.map(({ trainRows }) => trainRows) };
}

/** Probabilities of the plan's test rows, in their order, by each way; each row by the fit of its fold. */
export async function predictWays(
  ways: readonly Way[],
  { rows: { matrix, labels }, split: { plan, groups }, learner, seed, maxFitExamples: maxExamples }: Trial,
  effects: Effects,
): Promise<Float64Array[]> {
  const placeOf = new Int32Array(labels.length).fill(-1);
  plan.testRows.forEach((row, place) => {
    placeOf[row] = place;
  });
  const tested = plan.fits.map(({ predictRows }) => predictRows.filter((row) => placeOf[row] >= 0));
  const tasks = ways.flatMap(({ trainRows, columns, seed: own = seed }) =>
    tested.map(
      (predictRows, k): PredictTask => ({
        fit: { ...learner, seed: own, maxExamples, trainRows: trainRows[k], predictRows },
        ...(columns === undefined ? {} : { columns }),
      }),
    ),
  );
  const found = await predictAll(tasks, { matrix, labels, groups }, effects);
  return ways.map((_, way) => {
    const probabilities = new Float64Array(plan.testRows.length);
    tested.forEach((predictRows, k) => {
      const predictions = found[way * tested.length + k];
      predictRows.forEach((row, i) => {
        probabilities[placeOf[row]] = predictions[i];
      });
    });
    return probabilities;
  });
}
