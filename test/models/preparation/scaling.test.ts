import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fitScaling, quantile } from '../../../src/models/preparation/fit-scaling.ts';
import { normalQuantile } from '../../../src/models/preparation/normal-quantile.ts';
import { applyScaling } from '../../../src/models/preparation/scaling.ts';
import { scalings } from '../../../src/models/preparation/settings.ts';
import { yeoJohnson } from '../../../src/models/preparation/yeo-johnson.ts';
import reference from '../../fixtures/reference/preparation.json' with { type: 'json' };
import { fromJson } from '../synthetic.ts';

const kindOf = (name: string) => scalings.find((scaling) => scaling === name) ?? 'none';
const columns = new Map(
  Object.entries(reference.columns).map(([name, column]) => [name, fromJson([column])[0]]),
);

test.each(reference.cases)('$scale scaling of the $column column is that of scikit-learn', (expected) => {
  const column = columns.get(expected.column) ?? new Float64Array(0);
  const scaling = fitScaling(kindOf(expected.scale), column);
  const [transformed] = fromJson([expected.transformed]);
  const [values] = fromJson([reference.new]);
  // λ is where a flat likelihood is greatest: two searches agree on it to some 1e-6.
  const tolerance = expected.scale === 'yeo-johnson' ? 1e-4 : 1e-9;
  applyScaling(scaling, values).forEach((x, i) => {
    if (Number.isNaN(transformed[i])) expect(x).toBeNaN();
    else expect(Math.abs(x - transformed[i])).toBeLessThan(tolerance * (1 + Math.abs(transformed[i])));
  });
});

describe('scaling', () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 });

  it.each(scalings.filter((kind) => kind !== 'none'))(
    'by %s keeps order, leaves missing values, and is finite',
    (kind) => {
      fc.assert(
        fc.property(numbers, (values) => {
          const column = Float64Array.from([...values, Number.NaN]);
          fc.pre(values.some((x) => x !== values[0]));
          const scaled = applyScaling(fitScaling(kind, column), column.slice().sort());
          expect(scaled[scaled.length - 1]).toBeNaN();
          for (let i = 0; i < values.length; i++) {
            expect(Number.isFinite(scaled[i])).toBe(true);
            if (i > 0) expect(scaled[i]).toBeGreaterThanOrEqual(scaled[i - 1]);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('divides by 1 where the middle half is one value', () => {
    expect(fitScaling('robust', Float64Array.of(0, 5, 5, 5, 5, 9))).toEqual({
      kind: 'linear',
      center: 5,
      scale: 1,
    });
  });

  it('divides by 1 where a scale is so small that values would overflow', () => {
    const column = Float64Array.of(-1e-15, 0, 0, Number.MIN_VALUE, Number.MIN_VALUE);
    expect(fitScaling('robust', column)).toEqual({ kind: 'linear', center: 0, scale: 1 });
  });

  it('takes the logarithm of either side of 0', () => {
    const scaling = fitScaling('log', Float64Array.of(1, 2));
    expect([...applyScaling(scaling, Float64Array.of(-Math.E + 1, 0, Math.E - 1))]).toEqual([-1, 0, 1]);
  });
});

describe('Yeo and Johnson', () => {
  it('is the identity with λ 1, and continuous where λ is 0 or 2', () => {
    for (const x of [-3.5, -0.2, 0, 0.7, 12]) {
      expect(yeoJohnson(x, 1)).toBeCloseTo(x, 12);
      expect(yeoJohnson(x, 0)).toBeCloseTo(yeoJohnson(x, 1e-9), 6);
      expect(yeoJohnson(x, 2)).toBeCloseTo(yeoJohnson(x, 2 + 1e-9), 6);
    }
  });
});

test('the quantiles of the normal distribution are those of SciPy', () => {
  const { p, quantile: expected } = reference.normal;
  p.forEach((probability, i) => {
    expect(Math.abs(normalQuantile(probability) / (expected[i] || 1) - (expected[i] ? 1 : 0))).toBeLessThan(
      1e-12,
    );
  });
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]);
});

test('quantiles are interpolated', () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.5, 0.75, 1].map((p) => quantile(sorted, p))).toEqual([1, 3, 5, 8]);
});
