import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kaplanMeier } from '../../../src/evaluation/survival.ts';
import { firstDays } from '../../../src/pipeline/risk-by-day/first-days.ts';
import { watchedTimes, watchRows } from '../../../src/pipeline/risk-by-day/watch-rows.ts';

const cutoffs = Int32Array.of(100, 107, 100, 107, 100, 120);
/** The first user is lost on the cutoff's own day of the second row, the next on the last day that is watched, the third on the day after. */
const lostOn = Float64Array.of(107, 107, 113, 113, 114, Number.POSITIVE_INFINITY);

test('a row is watched from its cutoff to the day of the loss, or to the end', () => {
  const { days, lost } = watchRows(cutoffs, lostOn, 114);
  expect(Array.from(days)).toEqual([8, 1, 14, 7, 14, 0]);
  expect(Array.from(lost)).toEqual([1, 1, 1, 1, 0, 0]);
});

test('nothing of what comes later is seen: the same rows whatever is lost after the end', () => {
  const later = lostOn.map((day) => (day < 110 ? day : day + 1000));
  expect(watchRows(cutoffs, later, 110)).toEqual(watchRows(cutoffs, lostOn, 110));
});

test('whoever was watched for the whole of a day is at risk on it, beside who is lost on it', () => {
  const { times, lost } = watchedTimes({ days: Int32Array.of(5, 5, 4), lost: Uint8Array.of(1, 0, 0) });
  expect(kaplanMeier(times, lost).map(({ day, atRisk }) => [day, atRisk])).toEqual([
    [4.5, 3],
    [5, 2],
    [5.5, 1],
  ]);
});

test('a silence begins to be possible so many days after the last event, never before the cutoff', () => {
  const matrix = {
    rows: 4,
    names: ['days_since_last_event'],
    columns: [Float64Array.of(0.01, 6, 6.5, 6.999)],
  };
  const week = { kind: 'silence', name: 'week', word: 'silence', days: 7 } as const;
  expect(firstDays(week, { matrix })).toEqual(Int32Array.of(7, 2, 1, 1));
  expect(firstDays({ kind: 'loss', name: 'loss', word: 'loss' }, { matrix })).toBeUndefined();
});

test('the first day is that of a silence that nothing breaks', () => {
  const millis = fc.integer({ min: 1, max: 7 * 86_400_000 - 1 });
  fc.assert(
    fc.property(millis, (quiet) => {
      const cutoff = 17_000;
      const last = cutoff * 86_400_000 - quiet;
      const day = Math.floor((last + 7 * 86_400_000) / 86_400_000);
      const matrix = {
        rows: 1,
        names: ['days_since_last_event'],
        columns: [Float64Array.of(quiet / 86_400_000)],
      };
      const week = { kind: 'silence', name: 'week', word: 'silence', days: 7 } as const;
      const { days } = watchRows(Int32Array.of(cutoff), Float64Array.of(day), cutoff + 30);
      expect(firstDays(week, { matrix })?.[0]).toBe(days[0]);
    }),
    { numRuns: 200 },
  );
});
