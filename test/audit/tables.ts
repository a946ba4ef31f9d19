import type { ExampleRows } from '../../src/features/examples.ts';
import { createRandom } from '../../src/random.ts';

/**
 * Examples of 150 users at four weekly cutoffs, as an honest log gives them: activity and its trend say something of who is lost (some 12
 * in 100), tenure, plan and three counts nothing.
 */
export function cleanRows(seed: number): ExampleRows {
  const random = createRandom(seed);
  const rows = Array.from({ length: 150 }, (_, user) => {
    const pace = gauss(random.float) + 3;
    const registered = 100 - random.float() * 90;
    return [200, 207, 214, 221].map((cutoff) => {
      const activity = Math.max(0, pace + gauss(random.float)) * 20;
      const trend = gauss(random.float);
      const risk = 1 / (1 + Math.exp(2.3 + 0.02 * (activity - 60) + 0.7 * trend));
      const songs = Math.floor(activity * 7);
      const likes = Math.floor(random.float() * 12);
      return {
        user: `u${user}`,
        cutoff,
        label: random.float() < risk ? 1 : 0,
        values: {
          activity,
          trend: random.float() < 0.1 ? Number.NaN : trend,
          tenure_days: cutoff - registered,
          is_paid: user % 3 === 0 ? 1 : 0,
          songs,
          likes,
          other_events: Math.floor(random.float() * 30),
        },
      };
    });
  })
    .flat()
    .sort((a, b) => a.cutoff - b.cutoff);
  const names = Object.keys(rows[0].values) as (keyof (typeof rows)[number]['values'])[];
  return {
    users: rows.map(({ user }) => user),
    cutoffs: Int32Array.from(rows, ({ cutoff }) => cutoff),
    labels: Uint8Array.from(rows, ({ label }) => label),
    matrix: {
      rows: rows.length,
      names,
      columns: names.map((name) => Float64Array.from(rows, ({ values }) => values[name])),
    },
  };
}

/** The rows with one more column. */
export function withColumn(rows: ExampleRows, name: string, values: (row: number) => number): ExampleRows {
  const { matrix, labels } = rows;
  return {
    ...rows,
    matrix: {
      ...matrix,
      names: [...matrix.names, name],
      columns: [...matrix.columns, Float64Array.from(labels, (_, row) => values(row))],
    },
  };
}

export function column({ matrix }: ExampleRows, name: string): Float64Array {
  return matrix.columns[matrix.names.indexOf(name)];
}

/** The share of lost rows of each level. */
export function ratesOf(
  codes: ArrayLike<number>,
  labels: Uint8Array,
): Map<number, { rows: number; lost: number }> {
  const rates = new Map<number, { rows: number; lost: number }>();
  labels.forEach((label, row) => {
    const rate = rates.get(codes[row]) ?? { rows: 0, lost: 0 };
    rates.set(codes[row], { rows: rate.rows + 1, lost: rate.lost + label });
  });
  return rates;
}

/** Index of each row's user, in the order in which they come. */
export function groupsOf({ users }: ExampleRows): Int32Array {
  const places = new Map([...new Set(users)].map((user, i) => [user, i]));
  return Int32Array.from(users, (user) => places.get(user) ?? 0);
}

/** Sum of twelve uniform numbers, less six: near enough to normal. */
export function gauss(float: () => number): number {
  return Array.from({ length: 12 }, float).reduce((sum, one) => sum + one, -6);
}
