import { expect, test } from 'vitest';
import { rocAucWithinStrata } from '../../src/evaluation/within-strata.ts';

const options = { seed: 1, replicates: 100 };

function within(rows: readonly (readonly [label: number, probability: number, stratum: number])[]) {
  const column = (j: 0 | 1 | 2) => rows.map((row) => row[j]);
  return rocAucWithinStrata(
    Uint8Array.from(column(0)),
    Float64Array.from(column(1)),
    Int32Array.from(rows.keys()),
    Int32Array.from(column(2)),
    options,
  );
}

test('pairs of different strata count for nothing, however well they are ranked', () => {
  const rows = [
    [1, 0.9, 7],
    [0, 0.9, 7],
    [1, 0.8, 7],
    [0, 0.1, 2],
    [1, 0.1, 2],
    [0, 0.1, 2],
  ] as const;
  // Of the two pairs in 7 one is tied and one wrong, of the two in 2 both are tied.
  expect(within(rows).value).toBe(1.5 / 4);
});

test('a score that ranks within strata is seen, though strata are ranked the other way round', () => {
  const rows = [5, 6, 7].flatMap((stratum) =>
    Array.from({ length: 10 }, (_, i) => [i % 2, (9 - stratum) / 10 + (i % 2) / 100, stratum] as const),
  );
  expect(within(rows)).toEqual({ value: 1, low: 1, high: 1 });
});

test('there is none where no stratum holds both labels', () => {
  expect(
    within([
      [1, 0.9, 1],
      [0, 0.2, 2],
    ]),
  ).toEqual({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
});
