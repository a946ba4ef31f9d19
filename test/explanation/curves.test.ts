import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { accumulatedLocalEffects } from '../../src/explanation/accumulated-local-effects.ts';
import { quantileGrid } from '../../src/explanation/grid.ts';
import { partialDependence } from '../../src/explanation/partial-dependence.ts';
import type { UserSample } from '../../src/explanation/users.ts';
import type { Matrix } from '../../src/models/matrix.ts';
import { predict } from '../../src/models/model.ts';
import { createRandom } from '../../src/random.ts';
import { matrixOf } from '../models/synthetic.ts';
import { matrix, model, reference, users } from './references.ts';

const predictModel = (given: Matrix) => predict(model, given);
const MISSING = Number.NaN;

/** x and what goes with it; users of two rows each. */
const random = createRandom(1);
const x = Array.from({ length: 400 }, () => random.float());
const rows = matrixOf({ x, z: x.map((value) => value + 0.1 * random.float()) });
const pairs: UserSample = {
  userOf: Int32Array.from({ length: 400 }, (_, i) => i >> 1),
  count: 200,
  replicates: 150,
  seed: 2,
};
const edges = quantileGrid(rows.columns[0], 9);

/** A function of the two columns in the place of a model. */
const fn = (f: (x: number, z: number) => number) => (given: Matrix) =>
  Float64Array.from({ length: given.rows }, (_, i) => f(given.columns[0][i], given.columns[1][i]));

describe('partialDependence', () => {
  it('is that of scikit-learn', () => {
    const curve = partialDependence(predictModel, matrix, 'a', reference.grid, users);
    curve.forEach(({ x, value }, k) => {
      expect(x).toBe(reference.grid[k]);
      expect(value).toBeCloseTo(reference.partialDependence[k], 12);
    });
  });

  it('has intervals around it that come of the users', () => {
    const wide = partialDependence(predictModel, matrix, 'c', [0], users);
    expect(wide[0].low).toBeLessThan(wide[0].value);
    expect(wide[0].high).toBeGreaterThan(wide[0].value);
    // Nothing but the value matters: every user says the same.
    const [{ value, low, high }] = partialDependence(
      fn((a) => a),
      rows,
      'x',
      [0.25],
      pairs,
    );
    expect(value).toBeCloseTo(0.25, 14);
    expect(low).toBeCloseTo(0.25, 14);
    expect(high).toBeCloseTo(0.25, 14);
    // The mean of z over 200 users has a standard error of about .29 · √(2 / 400), as rows of a user are independent.
    const [mean] = partialDependence(
      fn((_, b) => b),
      rows,
      'x',
      [0],
      pairs,
    );
    expect(mean.high - mean.low).toBeGreaterThan(0.04);
    expect(mean.high - mean.low).toBeLessThan(0.075);
  });

  it('widens where a user has many rows', () => {
    const few = {
      ...pairs,
      userOf: Int32Array.from({ length: 400 }, (_, i) => Math.floor(x[i] * 8)),
      count: 8,
    };
    const width = (sample: UserSample) => {
      const [{ low, high }] = partialDependence(
        fn((_, b) => b),
        rows,
        'x',
        [0],
        sample,
      );
      return high - low;
    };
    expect(width(few)).toBeGreaterThan(3 * width(pairs));
  });

  it('is the same for a seed, and refuses what is no number of the rows', () => {
    expect(partialDependence(predictModel, matrix, 'b', [0, 1], users)).toEqual(
      partialDependence(predictModel, matrix, 'b', [0, 1], users),
    );
    expect(() => partialDependence(predictModel, matrix, 'q', [0], users)).toThrow(InputError);
    const category = { ...rows, levels: [['a', 'b'], undefined] };
    expect(() => partialDependence(predictModel, category, 'x', [0], pairs)).toThrow('is a category');
  });
});

describe('accumulatedLocalEffects', () => {
  it('is the function itself, its mean at 0, where the model adds one feature to others', () => {
    const curve = accumulatedLocalEffects(
      fn((a, b) => 3 * a + 10 * b),
      rows,
      'x',
      edges,
      pairs,
    );
    curve.forEach(({ x, value }, k) => {
      expect(value - curve[0].value).toBeCloseTo(3 * (edges[k] - edges[0]), 10);
      expect(x).toBe(edges[k]);
    });
    const middles = curve.slice(1).map(({ value }, k) => (value + curve[k].value) / 2);
    expect(Math.abs(middles.reduce((sum, middle) => sum + middle, 0) / middles.length)).toBeLessThan(0.01);
  });

  it('does not ask for rows that never were, as partial dependence does', () => {
    // Far from z = x the function is another one, which the rows never show.
    const odd = fn((a, b) => (Math.abs(a - b) > 0.3 ? 100 : a));
    const local = accumulatedLocalEffects(odd, rows, 'x', edges, pairs);
    expect(local[8].value - local[0].value).toBeCloseTo(edges[8] - edges[0], 1);
    const [first] = partialDependence(odd, rows, 'x', [edges[0]], pairs);
    expect(first.value).toBeGreaterThan(40);
  });

  it('is what Apley and Zhu write, by a naive sum', () => {
    const f = (a: number, b: number) => a * a * b + b;
    const given = matrixOf({ x: [0, 1, 2, 2, 3, 4, MISSING], z: [1, 5, 2, 4, 6, 1, 9] });
    const bounds = [0, 2, 3, 4];
    const sample = { userOf: Int32Array.of(0, 1, 2, 3, 4, 5, 6), count: 7, replicates: 5, seed: 1 };
    const change = (from: number, to: number, zs: readonly number[]) =>
      zs.reduce((sum, z) => sum + f(to, z) - f(from, z), 0) / zs.length;
    const raw = [0, change(0, 2, [1, 5, 2, 4])];
    raw.push(raw[1] + change(2, 3, [6]));
    raw.push(raw[2] + change(3, 4, [1]));
    const mean = (4 * (raw[0] + raw[1]) + (raw[1] + raw[2]) + (raw[2] + raw[3])) / 2 / 6;
    accumulatedLocalEffects(fn(f), given, 'x', bounds, sample).forEach(({ value }, k) => {
      expect(value).toBeCloseTo(raw[k] - mean, 12);
    });
  });

  it('is narrow where users agree and open where nobody stands', () => {
    const curve = accumulatedLocalEffects(
      fn((a) => a),
      rows,
      'x',
      edges,
      pairs,
    );
    for (const { low, high } of curve) expect(high - low).toBeLessThan(0.12);
    const missing = matrixOf({ x: [MISSING, MISSING], z: [1, 2] });
    const nobody = { userOf: Int32Array.of(0, 1), count: 2, replicates: 5, seed: 1 };
    expect(quantileGrid(missing.columns[0], 5)).toEqual([]);
    const [{ value, low }] = accumulatedLocalEffects(
      fn((a) => a),
      missing,
      'x',
      [0],
      nobody,
    );
    expect([value, low]).toEqual([MISSING, MISSING]);
  });
});

describe('quantileGrid', () => {
  it('has values of the feature, from the least to the greatest, each once', () => {
    expect(quantileGrid(Float64Array.of(5, MISSING, 1, 2, 3, 4), 3)).toEqual([1, 3, 5]);
    expect(quantileGrid(Float64Array.of(0, 1, 0, 0, 0), 9)).toEqual([0, 1]);
    expect(quantileGrid(Float64Array.of(7), 4)).toEqual([7]);
  });
});
