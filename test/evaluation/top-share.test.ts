import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gainsCurve } from '../../src/evaluation/curves.ts';
import { evaluate } from '../../src/evaluation/metrics.ts';
import { tallyScores } from '../../src/evaluation/score-tally.ts';
import { topShares } from '../../src/evaluation/top-share.ts';
import { anyRows, type Rows, simulatedRows } from './rows.ts';

const options = { seed: 1, replicates: 200 };
const top = ({ labels, probabilities, groups }: Rows, shares: number[]) =>
  topShares(labels, probabilities, groups, shares, options);

const ten: Rows = {
  labels: Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 1, 0, 0),
  probabilities: Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05),
  groups: Int32Array.from({ length: 10 }, (_, row) => row),
};

test('the top of a ranking is counted', () => {
  const [first, three, all] = top(ten, [0.1, 0.3, 1]);
  expect([first.precision.value, first.lift.value, first.captured.value]).toEqual([
    1,
    expect.closeTo(10 / 3, 12),
    expect.closeTo(1 / 3, 12),
  ]);
  expect(three.precision.value).toBeCloseTo(2 / 3, 12);
  expect(three.captured.value).toBeCloseTo(2 / 3, 12);
  expect([all.precision.value, all.lift.value, all.captured.value]).toEqual([0.3, 1, 1]);
});

test('a part of a row counts as that part', () => {
  const [half] = top(ten, [0.15]);
  expect(half.precision.value).toBeCloseTo(1 / 1.5, 12);
});

test('equal scores at the edge count as in a random order', () => {
  const tied = { ...ten, probabilities: new Float64Array(10).fill(0.5) };
  const [quarter] = top(tied, [0.25]);
  expect([quarter.precision.value, quarter.lift.value, quarter.captured.value]).toEqual([
    expect.closeTo(0.3, 12),
    expect.closeTo(1, 12),
    expect.closeTo(0.25, 12),
  ]);
});

test('intervals hold the value and tell of chance', () => {
  const [tenth] = top(simulatedRows(200, 5), [0.1]);
  expect(tenth.lift.low).toBeLessThan(tenth.lift.value);
  expect(tenth.lift.high).toBeGreaterThan(tenth.lift.value);
});

test('captured agrees with the gains curve, lift at a tenth with the metric', () => {
  fc.assert(
    fc.property(anyRows, ({ labels, probabilities, groups }) => {
      fc.pre(labels.includes(1));
      const [tenth] = topShares(labels, probabilities, groups, [0.1], { seed: 1, replicates: 1 });
      const { topDecileLift } = evaluate(labels, probabilities, 0.5);
      expect(tenth.lift.value).toBeCloseTo(topDecileLift, 9);
      for (const { share, captured } of gainsCurve(tallyScores(labels, probabilities))) {
        if (share === 0) continue;
        const [found] = topShares(labels, probabilities, groups, [share], { seed: 1, replicates: 1 });
        expect(found.captured.value).toBeCloseTo(captured, 9);
      }
    }),
    { numRuns: 30 },
  );
});

test('without a lost row lift and gain are not defined', () => {
  const [tenth] = top({ ...ten, labels: new Uint8Array(10) }, [0.1]);
  expect([tenth.precision.value, tenth.lift.value, tenth.captured.value]).toEqual([
    0,
    Number.NaN,
    Number.NaN,
  ]);
});

test.each([0, -0.1, 1.1, Number.NaN])('the top %s of the rows is refused', (share) => {
  expect(() => top(ten, [share])).toThrow(/expected a share in 0…1/);
});
