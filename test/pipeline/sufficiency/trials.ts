import type { ExampleRows } from '../../../src/features/examples.ts';
import { learners } from '../../../src/models/learners.ts';
import { defaultLearnSettings } from '../../../src/pipeline/settings.ts';
import { splitExamples } from '../../../src/pipeline/split.ts';
import type { Trial } from '../../../src/pipeline/sufficiency/predict-ways.ts';
import { createRandom } from '../../../src/random.ts';

/** Weekly examples of users of whom a fifth is lost; `telling` and `echo` tell who, `noise` does not. */
export function madeRows(users: number, cutoffs: number, seed: number): ExampleRows {
  const random = createRandom(seed);
  const people = Array.from({ length: users }, (_, user) => {
    const isLost = random.float() < 0.2;
    return { name: `u${user}`, isLost, cutoff: random.integer(cutoffs) };
  });
  const rows = Array.from({ length: cutoffs }, (_, cutoff) =>
    people.map(({ name, isLost, cutoff: last }) => {
      const label = isLost && (cutoff === last || cutoff === cutoffs - 1) ? 1 : 0;
      const telling = random.float() + 0.5 * label;
      return { name, day: 7 * cutoff, label, telling, echo: telling + random.float(), noise: random.float() };
    }),
  ).flat();
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  return {
    users: rows.map(({ name }) => name),
    cutoffs: Int32Array.from(rows, ({ day }) => day),
    labels: Uint8Array.from(rows, ({ label }) => label),
    matrix: {
      rows: rows.length,
      names: ['telling', 'echo', 'noise'],
      columns: [column((row) => row.telling), column((row) => row.echo), column((row) => row.noise)],
    },
  };
}

/** A logistic regression on them, by forecasts of a week. */
export function madeTrial(rows: ExampleRows): Trial {
  const settings = { ...defaultLearnSettings, folds: 2, leadDays: 0, horizonDays: 7, testCutoffs: 1 };
  return {
    rows,
    split: splitExamples(rows, settings),
    learner: { learner: 'logistic-regression', settings: learners['logistic-regression'].defaults },
    seed: 1,
    maxFitExamples: 32_000,
    replicates: 100,
  };
}
