import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daySpline, splineKnots } from '../../../src/models/hazard/day-spline.ts';
import { hazardMatrix } from '../../../src/models/hazard/design.ts';
import { defaultHazardSettings, fitHazard } from '../../../src/models/hazard/hazard.ts';
import { personDays } from '../../../src/models/hazard/person-days.ts';
import { riskByDay } from '../../../src/models/hazard/risk-by-day.ts';
import { lastWatchedDay, usersWatched, type Watched } from '../../../src/models/hazard/watched.ts';
import type { Matrix } from '../../../src/models/matrix.ts';
import { createRandom } from '../../../src/random.ts';

function matrixOf(values: ArrayLike<number>): Matrix {
  return { rows: values.length, names: ['x'], columns: [Float64Array.from(values)] };
}

function watchedOf(days: readonly number[], lost: readonly number[], from?: readonly number[]): Watched {
  return {
    matrix: matrixOf(days.map(() => 0)),
    days: Int32Array.from(days),
    lost: Uint8Array.from(lost),
    ...(from === undefined ? {} : { from: Int32Array.from(from) }),
  };
}

/** Rows whose hazard is that of a day, or twice as high with x = 1, watched for 20 days; each its own user. */
function drawn(rows: number, hazard: (day: number, x: number) => number, seed: number) {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: rows }, (_, row) => row % 2);
  const days = new Int32Array(rows).fill(20);
  const lost = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let day = 1; day <= 20 && lost[row] === 0; day++) {
      if (random.float() >= hazard(day, x[row])) continue;
      days[row] = day;
      lost[row] = 1;
    }
  }
  return { watched: { matrix: matrixOf(x), days, lost }, groups: Int32Array.from(x.keys()) };
}

const settings = { ...defaultHazardSettings, C: 10, leastUsers: 1 };

describe('person-days', () => {
  const record = fc.record({
    days: fc.integer({ min: 0, max: 9 }),
    lost: fc.boolean(),
    first: fc.integer({ min: 1, max: 4 }),
  });
  const watched = fc.array(record, { minLength: 1, maxLength: 40 }).map((rows) =>
    watchedOf(
      rows.map(({ days, lost, first }) => (lost ? Math.max(days, first) : days)),
      rows.map(({ lost }) => (lost ? 1 : 0)),
      rows.map(({ first }) => first),
    ),
  );

  it('are all days at risk, each once, where so many are wanted', () => {
    fc.assert(
      fc.property(watched, (given) => {
        const expected: string[] = [];
        given.days.forEach((last, row) => {
          for (let day = given.from?.[row] ?? 1; day <= Math.min(last, 6); day++) {
            expected.push(`${row} ${day} ${day === last ? given.lost[row] : 0} 1`);
          }
        });
        const { rows, days, labels, weights } = personDays(given, 6, { maxDays: 1000, seed: 1 });
        const actual = Array.from(rows, (row, i) => `${row} ${days[i]} ${labels[i]} ${weights[i]}`);
        expect(actual.sort()).toEqual(expected.sort());
      }),
      { numRuns: 50 },
    );
  });

  it('of a sample keep every loss, and the weights of each day add up to all at risk on it', () => {
    const { watched: given } = drawn(3000, () => 0.01, 5);
    const { days, labels, weights } = personDays(given, 15, { maxDays: 5000, seed: 2 });
    expect(days.length).toBeLessThan(5700);
    for (const day of [1, 8, 15]) {
      const sum = weights.reduce((total, weight, i) => (days[i] === day ? total + weight : total), 0);
      expect(sum).toBeCloseTo(given.days.filter((last) => last >= day).length, 6);
    }
    const lost = given.days.filter((last, row) => given.lost[row] === 1 && last <= 15);
    expect(days.filter((_, i) => labels[i] === 1)).toHaveLength(lost.length);
    expect(personDays(given, 15, { maxDays: 5000, seed: 2 }).days).toEqual(days);
  });
});

describe('the spline of days', () => {
  const knots = [2, 6, 15, 30].map(Math.log);

  it('bends nowhere before its first knot, and is straight beyond its last', () => {
    expect(daySpline(1, knots)).toEqual([0, 0, 0]);
    const [a, b, c] = [60, 120, 240].map((day) => daySpline(day, knots));
    a.forEach((value, j) => {
      expect(c[j] - b[j]).toBeCloseTo(b[j] - value, 10);
    });
  });

  it('is smooth at its knots: neither it nor its slope jumps', () => {
    const at = (x: number) => daySpline(Math.exp(x), knots);
    for (const knot of knots) {
      const [below, here, above] = [at(knot - 1e-4), at(knot), at(knot + 1e-4)];
      here.forEach((value, j) => {
        expect(above[j] - value).toBeCloseTo(value - below[j], 7);
      });
    }
  });

  it('has fewer knots where losses are few or all of a day, and never fewer than two', () => {
    expect(splineKnots(Int32Array.from({ length: 40 }, (_, i) => i + 1))).toHaveLength(4);
    expect(splineKnots(Int32Array.of(3, 9, 20))).toHaveLength(3);
    expect(splineKnots(Int32Array.of(5, 5, 5))).toHaveLength(2);
  });
});

describe('a hazard', () => {
  it('finds a rate that rises and an effect, from person-days of which it saw a part', () => {
    const truth = (day: number, x: number) => (0.004 + 0.0006 * day) * (1 + x);
    const { watched, groups } = drawn(12_000, truth, 3);
    const model = fitHazard(watched, groups, { ...settings, maxDays: 20_000 }, 1);
    expect(model.carriedDays).toBe(20);
    const risks = riskByDay(model, matrixOf([0, 1]), 20);
    const staying = [1, 1];
    for (let day = 1; day <= 20; day++) {
      staying.forEach((share, x) => {
        staying[x] = share * (1 - truth(day, x));
        expect(Math.abs(risks[day - 1][x] - (1 - staying[x]))).toBeLessThan(0.012);
      });
    }
  });

  it('gives risks that never fall, within 0 and 1, and goes on with the last hazard that is carried', () => {
    const { watched, groups } = drawn(400, (day) => (day < 10 ? 0.02 : 0.05), 8);
    const model = fitHazard(watched, groups, settings, 1);
    const risks = riskByDay(model, matrixOf([0, 1, -50, 50]), 60);
    for (let k = 1; k < 60; k++) {
      risks[k].forEach((risk, row) => {
        expect(risk).toBeGreaterThanOrEqual(risks[k - 1][row]);
        expect(risk).toBeLessThanOrEqual(1);
      });
    }
    const hazard = (k: number) => 1 - (1 - risks[k][0]) / (1 - risks[k - 1][0]);
    expect(hazard(59)).toBeCloseTo(hazard(19), 10);
  });

  it('is carried to the last day on which enough different users were watched', () => {
    const watched = watchedOf([9, 9, 4, 4, 2, 1], [1, 0, 0, 1, 0, 0]);
    const users = Int32Array.of(0, 0, 1, 2, 3, 4);
    expect(Array.from(usersWatched(watched, users, 6))).toEqual([5, 4, 3, 3, 1, 1]);
    expect(fitHazard(watched, users, { ...settings, leastUsers: 3 }, 1).carriedDays).toBe(4);
    expect(lastWatchedDay(Int32Array.of(5, 4, 3, 3, 1, 1), 2)).toBe(4);
    expect(lastWatchedDay(Int32Array.of(110, 60, 49, 50), 50)).toBe(2);
    expect(lastWatchedDay(Int32Array.of(0, 0), 50)).toBe(0);
  });

  it('is 0 before the first day on which there can be a loss, and has a hazard of its own on it', () => {
    const from = Array.from({ length: 200 }, (_, row) => 1 + (row % 5));
    const lost = from.map((_, row) => (row % 4 === 0 ? 1 : 0));
    const days = from.map((first, row) => (lost[row] === 1 ? first : 12));
    const groups = Int32Array.from(from.keys());
    const model = fitHazard(watchedOf(days, lost, from), groups, settings, 1);
    const [before, , on, after] = [2, 3, 4, 5].map(
      (day) => riskByDay(model, matrixOf([0]), 5, Int32Array.of(4))[day - 1][0],
    );
    expect(before).toBe(0);
    expect(on).toBeCloseTo(0.25, 1);
    expect(after - on).toBeLessThan(0.02);
  });

  it('is the same for a seed, and JSON keeps it', () => {
    const { watched, groups } = drawn(300, () => 0.02, 4);
    const model = fitHazard(watched, groups, settings, 7);
    expect(fitHazard(watched, groups, settings, 7)).toEqual(model);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it('needs a loss, and a day without one', () => {
    const groups = Int32Array.of(0, 1);
    expect(() => fitHazard(watchedOf([3, 4], [0, 0]), groups, settings, 1)).toThrow(
      'Of the 7 days that users were watched after a cutoff, 0 ended with a loss',
    );
    expect(() => fitHazard(watchedOf([1, 1], [1, 1]), groups, settings, 1)).toThrow('2 ended with a loss');
    expect(() => fitHazard(watchedOf([0, 0], [0, 0]), groups, settings, 1)).toThrow('Of the 0 days');
  });

  it('refuses rows that cannot be', () => {
    const groups = Int32Array.of(0);
    expect(() => fitHazard(watchedOf([0], [1]), groups, settings, 1)).toThrow('watched for 0 days');
    expect(() => fitHazard(watchedOf([2], [1], [3]), groups, settings, 1)).toThrow('from day 3 on');
    expect(() => fitHazard(watchedOf([2], [2]), groups, settings, 1)).toThrow('flag of row 0 is 2');
    expect(() => fitHazard(watchedOf([2], []), groups, settings, 1)).toThrow('0 lost for 1 rows');
    const holed = { ...watchedOf([2], [1]), matrix: matrixOf([Number.NaN]) };
    expect(() => fitHazard(holed, groups, settings, 1)).toThrow('Row 0 of the covariate "x" is missing');
  });

  it('refuses to tell the risk of rows that lack its covariate, or a value of it', () => {
    const { watched, groups } = drawn(300, () => 0.02, 4);
    const model = fitHazard(watched, groups, settings, 7);
    expect(() => riskByDay(model, { ...matrixOf([1]), names: ['y'] }, 5)).toThrow('needs the feature "x"');
    expect(() => riskByDay(model, matrixOf([Number.NaN]), 5)).toThrow('is missing');
    expect(() => riskByDay(model, matrixOf([Number.POSITIVE_INFINITY]), 5)).toThrow('Infinity');
    expect(riskByDay(model, matrixOf([]), 2)).toEqual([new Float64Array(0), new Float64Array(0)]);
  });
});

it('names its columns for covariates, days and both', () => {
  const design = { knots: [0, 1, 2], carriedDays: 30, hasFirstDay: true };
  const { names, columns } = hazardMatrix(
    matrixOf([2, 3]),
    Int32Array.of(1, 1, 0),
    Int32Array.of(1, 60, 2),
    design,
    Int32Array.of(1, 60),
  );
  expect(names).toEqual(['x', 'log_day', 'day_spline_1', 'x_by_log_day', 'first_day', 'x_on_first_day']);
  const [x, logDay, , product, first, onFirst] = columns.map((column) => Array.from(column));
  expect(x).toEqual([3, 3, 2]);
  expect(logDay[1]).toBeCloseTo(Math.log(30), 14);
  expect(product[2]).toBeCloseTo(2 * Math.log(2), 14);
  expect([first, onFirst]).toEqual([
    [0, 1, 0],
    [0, 3, 0],
  ]);
});
