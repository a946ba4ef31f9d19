import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankAlone, rankingsAlone } from '../../src/audit/ranking-alone.ts';

const nan = Number.NaN;

/** ROC AUC of a column or its reverse, by all pairs. */
function naive(values: readonly number[], labels: readonly number[]): number {
  let [ordered, pairs] = [0, 0];
  values.forEach((lost, i) => {
    values.forEach((stayed, j) => {
      if (labels[i] !== 1 || labels[j] !== 0) return;
      pairs++;
      if (lost > stayed) ordered++;
      else if (lost === stayed) ordered += 0.5;
    });
  });
  return Math.max(ordered, pairs - ordered) / pairs;
}

describe('a column alone', () => {
  test('ranks as all pairs say, missing values first or last, or by whether there is one', () => {
    const rowsOf = (values: readonly number[]) =>
      fc.array(fc.record({ value: fc.constantFrom(...values), label: fc.constantFrom(0, 1) }), {
        minLength: 2,
        maxLength: 30,
      });
    // Small whole numbers are counted, others sorted.
    const columns = fc.oneof(rowsOf([nan, 0, -0, 1, 2, 4095]), rowsOf([nan, 0, 1, 0.5, -1, 4096]));
    fc.assert(
      fc.property(columns, (rows) => {
        const labels = rows.map(({ label }) => label);
        fc.pre(labels.includes(0) && labels.includes(1));
        const replaced = (by: number) => rows.map(({ value }) => (Number.isNaN(value) ? by : value));
        const present = rows.map(({ value }) => (Number.isNaN(value) ? 0 : 1));
        const best = Math.max(
          naive(replaced(-9999), labels),
          naive(replaced(9999), labels),
          naive(present, labels),
        );
        const values = Float64Array.from(rows, ({ value }) => value);
        expect(rankAlone(values, Uint8Array.from(labels)).auc).toBeCloseTo(best, 12);
      }),
    );
  });

  test('that is a category ranks by the rates of levels with ten rows or more', () => {
    const codes = Float64Array.from({ length: 40 }, (_, row) => (row < 20 ? 0 : row < 39 ? 1 : 2));
    const labels = Uint8Array.from(codes, (code) => (code === 1 ? 0 : 1));
    const matrix = { rows: 40, names: ['tier'], columns: [codes], levels: [['gold', 'none', 'rare']] };
    // The one row of the rare level counts with the rate of all: above none, below gold.
    expect(rankingsAlone(matrix, labels)).toEqual([{ feature: 'tier', auc: 1, by: 'value' }]);
  });
});
