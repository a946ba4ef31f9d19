import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier } from '../../src/evaluation/survival.ts';
import { reference } from './reference.ts';

function estimate(durations: readonly number[], lost: readonly number[], entries?: readonly number[]) {
  return kaplanMeier(
    Float64Array.from(durations),
    Uint8Array.from(lost),
    entries && Float64Array.from(entries),
  );
}

describe('kaplanMeier', () => {
  describe.each(reference.survival)('on $name', ({ durations, lost, entries, points }) => {
    const actual = estimate(durations, lost, entries);

    it('agrees with lifelines on who is at risk, lost and censored', () => {
      const counts = ({
        day,
        atRisk,
        lost,
        censored,
      }: (typeof points)[number] | (typeof actual)[number]) => ({
        day,
        atRisk,
        lost,
        censored,
      });
      expect(actual.map(counts)).toEqual(points.map(counts));
    });

    it('agrees with lifelines on the share that stays and its limits', () => {
      actual.forEach(({ staying }, i) => {
        expect(staying.value).toBeCloseTo(points[i].value, 12);
        expect(staying.low).toBeCloseTo(points[i].low, 12);
        expect(staying.high).toBeCloseTo(points[i].high, 12);
      });
    });
  });

  it('is the plain share when nobody is censored', () => {
    expect(estimate([1, 2, 2, 4], [1, 1, 1, 1]).map(({ staying }) => staying.value)).toEqual([0.75, 0.25, 0]);
  });

  it('has no limits once nobody stays', () => {
    expect(estimate([3], [1])).toEqual([
      { day: 3, atRisk: 1, lost: 1, censored: 0, staying: { value: 0, low: Number.NaN, high: Number.NaN } },
    ]);
  });

  it('stays at 1 when all are censored', () => {
    const points = estimate([1, 5], [0, 0]);
    expect(points.map(({ staying }) => staying)).toEqual([
      { value: 1, low: 1, high: 1 },
      { value: 1, low: 1, high: 1 },
    ]);
  });

  it('counts a censoring after a loss of the same day', () => {
    expect(estimate([2, 2], [1, 0])[0]).toMatchObject({
      atRisk: 2,
      lost: 1,
      censored: 1,
      staying: { value: 0.5 },
    });
  });

  it('leaves users out of the days before they came under observation', () => {
    const points = estimate([2, 9, 9], [1, 0, 1], [0, 0, 4]);
    expect(points.map(({ day, atRisk }) => [day, atRisk])).toEqual([
      [2, 2],
      [9, 2],
    ]);
  });

  it('never rises, stays within its limits and counts everybody once', () => {
    const users = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 0, max: 1 })), { maxLength: 60 });
    fc.assert(
      fc.property(users, (sample) => {
        const points = estimate(
          sample.map(([duration]) => duration),
          sample.map(([, lost]) => lost),
        );
        let before = 1;
        for (const { staying } of points) {
          expect(staying.value).toBeLessThanOrEqual(before);
          if (staying.value > 0) expect(staying.low).toBeLessThanOrEqual(staying.value);
          if (staying.value > 0) expect(staying.high).toBeGreaterThanOrEqual(staying.value);
          before = staying.value;
        }
        expect(points.reduce((sum, { lost, censored }) => sum + lost + censored, 0)).toBe(sample.length);
      }),
    );
  });

  it('is empty without users', () => {
    expect(estimate([], [])).toEqual([]);
  });

  it.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])('refuses the duration %d', (duration) => {
    expect(() => estimate([duration], [1])).toThrow('User 0 entered at day 0');
  });

  it('refuses an entry that leaves no time, a flag that is none and unequal lengths', () => {
    expect(() => estimate([5], [1], [5])).toThrow('entered at day 5 and was observed until day 5');
    expect(() => estimate([5], [1], [-2])).toThrow(RangeError);
    expect(() => estimate([5], [2])).toThrow('flag of user 0 is 2');
    expect(() => estimate([5, 6], [1])).toThrow('2 durations, 1 flags');
  });
});
