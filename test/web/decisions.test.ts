import { describe, expect, test } from 'vitest';
import { packDots } from '../../web/charts/pack-dots.ts';
import {
  breakEven,
  decisionsOf,
  examplePrices,
  f1Of,
  flaggedShare,
  mostValuable,
  nearest,
  netValue,
  precisionOf,
  recallOf,
} from '../../web/threshold/decisions.ts';

const decisions = decisionsOf({
  threshold: [1, 0.5, 0.2, 0],
  truePositives: [0, 3, 4, 4],
  falsePositives: [0, 2, 16, 96],
  lost: 4,
  stayed: 96,
});

describe('what thresholds decide', () => {
  test('counts the missed and the rightly left alone', () => {
    expect(decisions[1]).toEqual({
      threshold: 0.5,
      truePositives: 3,
      falsePositives: 2,
      falseNegatives: 1,
      trueNegatives: 94,
    });
    expect([precisionOf(decisions[1]), recallOf(decisions[1]), flaggedShare(decisions[1])]).toEqual([
      0.6, 0.75, 0.05,
    ]);
    expect(f1Of(decisions[1])).toBeCloseTo(2 / 3, 12);
  });

  test('has no precision where nobody is flagged', () => {
    expect(precisionOf(decisions[0])).toBeNaN();
    expect([recallOf(decisions[0]), f1Of(decisions[0])]).toEqual([0, 0]);
  });

  test('is worth what is kept less all offers', () => {
    expect(netValue(decisions[1], { offer: 5, keptUser: 120, success: 0.25 })).toBe(3 * 30 - 5 * 5);
    expect(mostValuable(decisions, examplePrices)).toBe(1);
    expect(mostValuable(decisions, { ...examplePrices, offer: 0 })).toBe(2);
    expect(mostValuable(decisions, { ...examplePrices, offer: 1000 })).toBe(0);
  });

  test('pays from where the probability covers the cost', () => {
    expect(breakEven(examplePrices)).toBeCloseTo(1 / 6, 12);
    expect(breakEven({ offer: 5, keptUser: 0, success: 1 })).toBe(Number.POSITIVE_INFINITY);
  });

  test('finds the threshold next to a probability, and the first where that is missing', () => {
    expect(nearest(decisions, 0.3)).toBe(2);
    expect(nearest(decisions, Number.NaN)).toBe(0);
  });
});

describe('dots of a swarm', () => {
  test('stand side by side where they would lie on one another', () => {
    expect(packDots([0, 1, 2, 4, 10], 4, 4)).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 4 },
      { x: 2, y: -4 },
      { x: 4, y: 0 },
      { x: 10, y: 0 },
    ]);
  });

  test('share the last place where there is no more room', () => {
    expect(packDots([0, 0, 0], 4, 1).map(({ y }) => y)).toEqual([0, 0, 0]);
  });
});
