import { describe, expect, test } from 'vitest';
import { findAloneAgainstRest } from '../../src/audit/alone-against-rest.ts';
import { checkRows, rowChecks } from '../../src/audit/audit-rows.ts';
import { isFault } from '../../src/audit/finding.ts';
import { findForeknowledge } from '../../src/audit/foreknowledge.ts';
import { judgeScramble, scrambleLabels } from '../../src/audit/label-scramble.ts';
import { pickRows } from '../../src/audit/sample-rows.ts';
import { silentEffects } from '../../src/effects.ts';
import { type CrossFitPlan, retrospectivePlan } from '../../src/evaluation/cross-fit.ts';
import type { ExampleRows } from '../../src/features/examples.ts';
import { createRandom } from '../../src/random.ts';
import { cleanRows, column, gauss, groupsOf, ratesOf, withColumn } from './tables.ts';

/** Leaks that a table of examples shows, each planted in clean rows, and the checks that see it. */
const planted: readonly {
  readonly leak: string;
  readonly plant: (rows: ExampleRows) => ExampleRows;
  readonly seenBy: readonly string[];
}[] = [
  {
    leak: 'the label in another word',
    plant: (rows) => withColumn(rows, 'planted', (row) => 3 - 2 * rows.labels[row]),
    seenBy: ['identity (planted)', 'alone against the rest (planted)'],
  },
  {
    leak: 'a reason that is written when someone leaves',
    plant: (rows) => withColumn(rows, 'planted', (row) => (rows.labels[row] === 1 ? row % 4 : Number.NaN)),
    seenBy: ['identity (planted)'],
  },
  {
    leak: 'a count of all events beside counts of its kinds, one of which leaves out the loss',
    plant: (rows) =>
      withColumn(
        rows,
        'planted',
        (row) => column(rows, 'songs')[row] + column(rows, 'other_events')[row] + rows.labels[row],
      ),
    seenBy: ['identity (songs + other_events + planted)'],
  },
  {
    leak: 'a category replaced by its rate of loss on all rows',
    plant: (rows) => {
      const rates = ratesOf(column(rows, 'likes'), rows.labels);
      return withColumn(rows, 'planted', (row) => {
        const { rows: count, lost } = rates.get(column(rows, 'likes')[row]) ?? { rows: 1, lost: 0 };
        return lost / count;
      });
    },
    seenBy: ['target encoding (planted)'],
  },
  {
    leak: 'the same, drawn towards the overall rate by ten rows',
    plant: (rows) => {
      const rates = ratesOf(column(rows, 'likes'), rows.labels);
      const overall = rows.labels.reduce((sum, label) => sum + label, 0) / rows.labels.length;
      return withColumn(rows, 'planted', (row) => {
        const { rows: count, lost } = rates.get(column(rows, 'likes')[row]) ?? { rows: 1, lost: 0 };
        return (lost + 10 * overall) / (count + 10);
      });
    },
    seenBy: ['target encoding (planted)'],
  },
  {
    leak: 'the user’s number',
    plant: (rows) => withColumn(rows, 'planted', (row) => 1000 + Number(rows.users[row].slice(1))),
    seenBy: ['identifier (planted)'],
  },
  {
    leak: 'rows of some users under other names',
    plant: (rows) => {
      const again = [5, 50, 77, 300, 301];
      const picked = pickRows(rows, Int32Array.from([...rows.users.keys(), ...again]));
      return { ...picked, users: [...rows.users, ...again.map((row) => `copy of ${rows.users[row]}`)] };
    },
    seenBy: ['duplicate rows (rows)'],
  },
  {
    leak: 'the day of the last event, of a log that ends when a user leaves',
    plant: (rows) => {
      const random = createRandom(8);
      return withColumn(rows, 'planted', (row) => random.float() * (rows.labels[row] === 1 ? 3 : 14));
    },
    seenBy: ['alone against the rest (planted)'],
  },
];

describe('a planted leak', () => {
  test.each(planted)('is seen: $leak', async ({ plant, seenBy }) => {
    expect(await seen(plant(cleanRows(1)))).toEqual(seenBy);
  });

  test('is seen where the fits learn from rows that they are judged by', () => {
    const rows = cleanRows(2);
    const { fits, ...plan } = planOf(rows);
    const leaky = fits.map((fit) => ({
      ...fit,
      trainRows: Int32Array.from([...fit.trainRows, ...fit.predictRows]).sort(),
    }));
    expect(scrambled(rows, { ...plan, fits: leaky })).toEqual(['label scramble']);
    expect(scrambled(rows, { ...plan, fits })).toEqual([]);
  });

  test('is seen where a table tells of the week that is to come', () => {
    const random = createRandom(4);
    const week = (pace: Float64Array) => pace.map((one) => Math.max(0, one + gauss(random.float)));
    const users = Array.from({ length: 400 }, (_, i) => `u${i}`);
    const pace = Float64Array.from(users, () => gauss(random.float) + 3);
    const [before, after] = [week(pace), week(pace)];
    const columns = {
      rows: 400,
      names: ['rating of last week', 'rating of next week', 'mood'],
      columns: [
        before.map((value) => value * (0.8 + 0.4 * random.float())),
        after.map((value) => value * (0.8 + 0.4 * random.float())),
        pace.map((value) => value + 2 * gauss(random.float)),
      ],
    };
    const findings = findForeknowledge(columns, {
      past: { rows: 400, names: ['events_7d'], columns: [before] },
      future: { rows: 400, names: ['events in the 7 days'], columns: [after] },
      users,
    });
    expect(findings.map(({ feature, severity }) => [feature, severity])).toEqual([
      ['rating of next week', 'suspect'],
    ]);
  });
});

describe('clean rows', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))('of seed %i raise no alarm', async (seed) => {
    const rows = cleanRows(seed);
    expect(await seen(rows)).toEqual([]);
    expect(scrambled(rows, planOf(rows))).toEqual([]);
  });
});

/** What the checks of a table find, as "check (feature)". */
async function seen(rows: ExampleRows): Promise<string[]> {
  const against = await findAloneAgainstRest(
    rows,
    planOf(rows),
    groupsOf(rows),
    { seed: 1, replicates: 200, sourceOf: (feature) => feature },
    silentEffects,
  );
  const own = rowChecks.flatMap((check) => checkRows(check, rows, true).findings);
  return [...own, ...against].filter(isFault).map(({ check, feature }) => `${check} (${feature ?? 'rows'})`);
}

function scrambled(rows: ExampleRows, plan: CrossFitPlan): string[] {
  const settings = { permutations: 5, seed: 1, maxRows: 10_000 };
  return judgeScramble(scrambleLabels(rows, plan, groupsOf(rows), settings)).map(({ check }) => check);
}

/** Five folds of users. */
function planOf(rows: ExampleRows): CrossFitPlan {
  return retrospectivePlan(groupsOf(rows).map((group) => group % 5));
}
