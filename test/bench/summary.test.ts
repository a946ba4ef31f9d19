import { describe, expect, test } from 'vitest';
import { benchModule } from './bench.ts';

const { median, summarise } = await benchModule<{
  median(values: readonly (number | null)[]): number | null;
  summarise(subjects: readonly object[], measurements: readonly object[]): { sparkWork?: object }[];
}>('summary.mjs');
const { replaceBetween } = await benchModule<{
  replaceBetween(page: string, name: string, text: string): string;
}>('document.mjs');

describe('the median', () => {
  test.each([
    [[3], 3],
    [[10, 9, 2], 9],
    [[1, 2, 10, 4], 3],
    [[1, null, 3], null],
  ])('of %j is %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

test('a summary has medians of each subject’s own rounds, and the range of its wall time', () => {
  const measured = (id: string, wallSeconds: number, peakBytes: number | null, parse: number) => ({
    ...{ id, wallSeconds, peakBytes, cpuSeconds: wallSeconds * 2, seconds: { parse } },
  });
  const subject = { id: 'a', title: 'A', what: 'does' };
  const measurements = [
    measured('a', 5, 100, 1),
    measured('b', 99, 999, 99),
    measured('a', 3, 300, 4),
    measured('a', 4, 200, 2),
  ];
  expect(summarise([subject], measurements)).toEqual([
    {
      ...subject,
      wallSeconds: 4,
      leastSeconds: 3,
      mostSeconds: 5,
      cpuSeconds: 8,
      peakBytes: 200,
      seconds: { parse: 2 },
    },
  ]);
});

test('a summary has medians of what Spark did in each stage', () => {
  const measured = (sparkWork: object) => ({
    ...{ id: 'a', wallSeconds: 1, peakBytes: null, cpuSeconds: null, seconds: {}, sparkWork },
  });
  const [{ sparkWork }] = summarise(
    [{ id: 'a', title: 'A', what: 'does' }],
    [
      measured({ ledger: { tasks: 4, readBytes: 100 } }),
      measured({ ledger: { tasks: 5, readBytes: 90 }, features: { tasks: 1, readBytes: 8 } }),
    ],
  );
  expect(sparkWork).toEqual({
    ledger: { tasks: 4.5, readBytes: 95 },
    features: { tasks: 0.5, readBytes: 4 },
  });
});

describe('the table goes between its markers', () => {
  const page = 'before\n<!-- bench:run -->\nold\n<!-- /bench:run -->\nafter $&\n';

  test('and nowhere else, as often as one likes', () => {
    const once = replaceBetween(page, 'run', 'new $&');
    expect(once).toBe('before\n<!-- bench:run -->\nnew $&\n<!-- /bench:run -->\nafter $&\n');
    expect(replaceBetween(once, 'run', 'new $&')).toBe(once);
  });

  test.each(['no markers', '<!-- bench:run --> alone', '<!-- /bench:run --> before <!-- bench:run -->'])(
    'and is refused for a page with %s',
    (broken) => {
      expect(() => replaceBetween(broken, 'run', 'new')).toThrow('docs/performance.md lacks the lines');
    },
  );
});
