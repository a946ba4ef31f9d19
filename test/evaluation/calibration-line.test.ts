import { expect, test } from 'vitest';
import { calibrationLine } from '../../src/evaluation/calibration-line.ts';

const labels = [0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1];
const probabilities = [0.1, 0.4, 0.35, 0.8, 0.2, 0.15, 0.3, 0.6, 0.9, 0.05, 0.55, 0.7, 0.25, 0.45, 0.12, 0.5];
const groups = labels.map((_, row) => row >> 1);

function line(outcomes: number[], predictions: number[], users: number[]) {
  return calibrationLine(Uint8Array.from(outcomes), Float64Array.from(predictions), Int32Array.from(users));
}

// statsmodels 0.14: Logit(y, add_constant(log(p / (1 - p)))).fit(cov_type='cluster', cov_kwds={'groups': g}).conf_int()
test('intercept, slope and their intervals are those of statsmodels', () => {
  const { intercept, slope } = line(labels, probabilities, groups);
  expect([intercept.value, intercept.low, intercept.high]).toEqual(
    [0.54108668, -0.90478752, 1.98696089].map((value) => expect.closeTo(value, 7)),
  );
  expect([slope.value, slope.low, slope.high]).toEqual(
    [1.87522272, -0.18929165, 3.93973709].map((value) => expect.closeTo(value, 7)),
  );
});

test('the order of rows and the numbers of users change nothing', () => {
  const reversed = line(
    labels.toReversed(),
    probabilities.toReversed(),
    groups.toReversed().map((user) => 7 - user),
  );
  const { intercept, slope } = line(labels, probabilities, groups);
  expect(reversed.slope.low).toBeCloseTo(slope.low, 9);
  expect(reversed.intercept.high).toBeCloseTo(intercept.high, 9);
});

test.each([
  ['outcomes that predictions part wholly', [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]],
  ['one prediction for all', [0, 1, 0, 1], [0.3, 0.3, 0.3, 0.3]],
  ['one outcome', [0, 0, 0, 0], [0.1, 0.2, 0.3, 0.4]],
  ['no rows', [], []],
])('there is no line for %s', (_, outcomes, predictions) => {
  const { intercept, slope } = line(
    outcomes,
    predictions,
    outcomes.map((__, row) => row),
  );
  expect([intercept.value, intercept.low, slope.value, slope.high]).toEqual([NaN, NaN, NaN, NaN]);
});

test('predictions of 0 and 1 are taken as almost that', () => {
  const { slope } = line([0, 1, 0, 1, 1, 0], [0, 1, 0.4, 0.6, 0, 1], [0, 1, 2, 3, 4, 5]);
  expect(slope.value).toBeGreaterThan(-1);
  expect(slope.value).toBeLessThan(1);
});

test('a probability that is none is refused', () => {
  expect(() => line([0, 1], [0.5, 1.5], [0, 1])).toThrow(/row 1 is 1.5/);
});
