import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparison } from '../../src/cli/terminal/comparison.ts';
import { silentEffects } from '../../src/effects.ts';
import type { ExampleRows } from '../../src/features/examples.ts';
import { selectRows } from '../../src/models/matrix.ts';
import { predict } from '../../src/models/model.ts';
import { judgementOf } from '../../src/pipeline/judgement.ts';
import { type Learned, learn } from '../../src/pipeline/learn.ts';
import { defaultLearnSettings, type LearnSettings } from '../../src/pipeline/settings.ts';
import { createRandom, type Random } from '../../src/random.ts';
import { withDuckdb } from '../ingest/ingested.ts';

const settings: LearnSettings = {
  ...defaultLearnSettings,
  folds: 2,
  replicates: 20,
  learners: ['logistic-regression', 'gradient-boosting', 'blend'],
};

/** Users at risk at every cutoff, whose losses follow `x`; the training cutoffs first. */
function examples(days: readonly number[], users: number): ExampleRows {
  const random = createRandom(11);
  const rows = days.flatMap((day) => Array.from({ length: users }, (_, user) => ({ day, user })));
  const x = Float64Array.from(rows, () => random.float() * 4 - 2);
  return {
    users: rows.map(({ user }) => `user ${user}`),
    cutoffs: Int32Array.from(rows, ({ day }) => day),
    labels: Uint8Array.from(x, (value) => (random.float() < 1 / (1 + Math.exp(1 - 2 * value)) ? 1 : 0)),
    matrix: {
      rows: rows.length,
      names: ['days_since_last_event', 'x', 'gaps'],
      columns: [
        Float64Array.from(rows, () => random.integer(9)),
        x,
        Float64Array.from(rows, () => (random.float() < 0.3 ? Number.NaN : random.integer(4))),
      ],
    },
  };
}

/** Other features and labels at the cutoffs that may not be learned from, and more users there. */
function withOtherTests(rows: ExampleRows, trained: number, random: Random, strangers: number): ExampleRows {
  const { cutoffs, labels, matrix, users } = rows;
  const lastDay = cutoffs[cutoffs.length - 1];
  const more = Array.from({ length: strangers }, (_, i) => `${'~!0a'[i % 4]}stranger ${i}`);
  const length = users.length + strangers;
  const fill = <A extends Float64Array | Uint8Array | Int32Array>(
    known: A,
    all: A,
    value: (row: number) => number,
  ) => {
    all.set(known.subarray(0, trained));
    for (let row = trained; row < length; row++) all[row] = value(row);
    return all;
  };
  return {
    users: [...users, ...more],
    cutoffs: fill(cutoffs, new Int32Array(length), (row) => cutoffs[row] ?? lastDay),
    labels: fill(labels, new Uint8Array(length), (row) => (row < trained + 2 ? row % 2 : random.integer(2))),
    matrix: {
      ...matrix,
      rows: length,
      columns: matrix.columns.map((column) =>
        fill(column, new Float64Array(length), () =>
          random.float() < 0.2 ? Number.NaN : random.float() * 1e6,
        ),
      ),
    },
  };
}

/** All that is learned and chosen before a test row is looked at, as text. */
function learnedText({ judged, chosen, selection, tuning }: Learned): string {
  return JSON.stringify({
    chosen: chosen.name,
    selection,
    tuning: tuning && [...tuning.tuned],
    judged: judged.map(({ name, foldModels, calibration, threshold, validationLogLoss }) => ({
      ...{ name, foldModels, calibration, threshold, validationLogLoss },
    })),
  });
}

function learnFrom(rows: ExampleRows, changes: Partial<LearnSettings> = {}): Promise<Learned> {
  return withDuckdb((engine) => learn(rows, { ...settings, ...changes }, engine, silentEffects));
}

describe.each([
  ['a log long enough for expanding windows', [0, 7, 14, 21, 28, 35, 42, 49, 56], 'expanding', 'auto'],
  ['a short log', [0, 7, 14, 28], 'same-cutoffs', 'isotonic'],
] as const)('of %s', (_, days, order, calibration) => {
  const users = 26;
  const rows = examples(days, users);
  let learned: Learned;
  let trained: number;
  beforeAll(async () => {
    learned = await learnFrom(rows, { calibration });
    trained = learned.plan.validationRows.length;
  });

  it('everything is learned and chosen in the order that the log allows', () => {
    expect(learned.selection.order).toBe(order);
    expect(learned.judged.map(({ name }) => name)).toEqual(['baseline', ...settings.learners]);
    expect(learned.pairs).toHaveLength(6);
  });

  it('nothing changes with the test and embargoed rows, nor with users who are there alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.nat(7), async (seed, strangers) => {
        const others = withOtherTests(rows, trained, createRandom(seed), strangers);
        expect(learnedText(await learnFrom(others, { calibration }))).toBe(learnedText(learned));
      }),
      { numRuns: 2 },
    );
  });

  it('one training label changes it', async () => {
    const labels = rows.labels.slice();
    labels[trained - 1] = 1 - labels[trained - 1];
    expect(learnedText(await learnFrom({ ...rows, labels }, { calibration }))).not.toBe(learnedText(learned));
  });

  it('the choice is told in words and in numbers', () => {
    const words = comparison(learned);
    expect(words).toContain(`validation rows: ${learned.selection.words}`);
    expect(words).toMatch(/By ROC AUC|Better by ROC AUC/);
    const { split, calibration: told, differences, groups } = judgementOf(learned, rows, settings);
    expect(split.usersByFold).toEqual([users / 2, users / 2]);
    expect(split.windows).toHaveLength(learned.selection.windows.length);
    expect(differences).toHaveLength(60);
    expect(groups).toEqual([]);
    for (const [k, { calibrator, candidates, before, after }] of told.entries()) {
      expect(candidates[0].calibrator).toBe('none');
      expect(Math.min(...candidates.map(({ excess }) => excess))).toBe(0);
      expect(candidates.map((candidate) => candidate.calibrator)).toContain(calibrator);
      expect(learned.judged[k].model.kind === 'calibrated').toBe(calibrator !== 'none');
      if (calibrator === 'none') expect(after).toEqual(before);
    }
    if (calibration === 'isotonic') expect(told[1].calibrator).toBe('isotonic');
  });

  it('what the fold models say of test rows is what they are judged by', () => {
    for (const { foldModels, probabilities } of learned.judged) {
      learned.plan.fits.forEach(({ predictRows }, k) => {
        const own = predict(foldModels[k], selectRows(rows.matrix, predictRows));
        own.forEach((p, i) => {
          expect(probabilities[predictRows[i]]).toBeCloseTo(p, 9);
        });
      });
    }
  });
});

it('settings that are searched for do not change with test rows either', async () => {
  const rows = examples([0, 7, 14, 21, 42], 24);
  const tuned = { learners: ['logistic-regression'], tuning: { trials: 3 } } as const;
  const learned = await learnFrom(rows, tuned);
  const others = withOtherTests(rows, learned.plan.validationRows.length, createRandom(1), 3);
  expect(learnedText(await learnFrom(others, tuned))).toBe(learnedText(learned));
});
