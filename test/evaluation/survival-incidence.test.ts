import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier } from '../../src/evaluation/survival.ts';
import { cumulativeIncidence } from '../../src/evaluation/survival-incidence.ts';
import { survivalReference } from './survival-reference.ts';

function estimate(durations: readonly number[], causes: readonly number[], count = Math.max(1, ...causes)) {
  return cumulativeIncidence(Float64Array.from(durations), Uint8Array.from(causes), count);
}

describe.each(survivalReference.incidence)('cumulativeIncidence of $name', (reference) => {
  const points = estimate(reference.durations, reference.causes);

  it('agrees with scikit-survival on shares and limits', () => {
    const place = new Map(reference.days.map((day, i) => [day, i]));
    for (const { day, causes } of points) {
      const i = place.get(day) ?? -1;
      causes.forEach(({ incidence: { value, low, high } }, cause) => {
        expect(value).toBeCloseTo(reference.incidence[cause][i], 13);
        expect(low).toBeCloseTo(reference.low[cause][i], 12);
        expect(high).toBeCloseTo(reference.high[cause][i], 12);
      });
    }
  });
});

it('agrees with lifelines where no two durations are alike', () => {
  const alone = survivalReference.incidence.filter(({ lifelines }) => !lifelines.includes(null));
  expect(alone).toHaveLength(1);
  for (const { durations, causes, lifelines } of alone) {
    const last = estimate(durations, causes).at(-1);
    lifelines.forEach((share, cause) => {
      expect(last?.causes[cause].incidence.value).toBeCloseTo(share ?? Number.NaN, 12);
    });
  }
});

it('adds up with those who stay to everyone, on every day', () => {
  const user = fc.record({
    duration: fc.integer({ min: 0, max: 12 }),
    cause: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(user, { minLength: 1, maxLength: 30 }), (users) => {
      const durations = Float64Array.from(users, ({ duration }) => duration);
      const causes = Uint8Array.from(users, ({ cause }) => cause);
      const staying = kaplanMeier(
        durations,
        causes.map((cause) => Math.min(cause, 1)),
      );
      cumulativeIncidence(durations, causes, 3).forEach((point, k) => {
        const lost = point.causes.reduce((sum, { incidence }) => sum + incidence.value, 0);
        expect(lost + staying[k].staying.value).toBeCloseTo(1, 12);
        expect(point.atRisk).toBe(staying[k].atRisk);
      });
    }),
    { numRuns: 60 },
  );
});

describe('cumulativeIncidence', () => {
  it('is the plain share of each cause when nobody is censored', () => {
    const last = estimate([1, 2, 2, 4], [1, 2, 2, 1]).at(-1);
    expect(last?.causes.map(({ incidence }) => incidence.value)).toEqual([0.5, 0.5]);
  });

  it('is 0 with limits of 0 before the first loss to a cause', () => {
    expect(estimate([1, 5], [2, 1])[0].causes[0]).toEqual({
      lost: 0,
      incidence: { value: 0, low: 0, high: 0 },
    });
  });

  it('has no point without users', () => {
    expect(estimate([], [])).toEqual([]);
  });

  it('refuses negative and infinite durations, unknown causes and lists of different lengths', () => {
    expect(() => estimate([-1], [1])).toThrow('duration of user 0 is -1');
    expect(() => estimate([Number.POSITIVE_INFINITY], [1])).toThrow('is Infinity');
    expect(() => estimate([1], [3], 2)).toThrow('expected 0 to 2');
    expect(() => estimate([1, 2], [1])).toThrow('2 durations and 1 causes');
  });
});
