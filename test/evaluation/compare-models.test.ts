import { describe, expect, it } from 'vitest';
import { bootstrapMetrics, pairedDifference } from '../../src/evaluation/bootstrap.ts';
import { compareModels, verdict } from '../../src/evaluation/compare-models.ts';
import { metricNames } from '../../src/evaluation/metrics.ts';
import { createRandom } from '../../src/random.ts';

/** 240 rows of 80 users; the first model knows something, the second nothing, the third is the first upside down. */
const random = createRandom(5);
const labels = Uint8Array.from({ length: 240 }, () => (random.float() < 0.3 ? 1 : 0));
const groups = Int32Array.from(labels.keys()).map((row) => row % 80);
const good = Float64Array.from(labels, (label) => 0.25 + 0.3 * label + 0.3 * random.float());
const blind = Float64Array.from(labels, () => 0.2 + 0.2 * random.float());
const models = [blind, good, good.map((p) => 1 - p)].map((probabilities) => ({
  probabilities,
  threshold: 0.5,
}));
const options = { seed: 3, replicates: 200 };
const comparison = compareModels(labels, models, groups, options);

describe('models compared', () => {
  it('each have the intervals that they have alone', () => {
    models.forEach(({ probabilities, threshold }, k) => {
      expect(comparison.each[k]).toStrictEqual(
        bootstrapMetrics(labels, probabilities, groups, threshold, options),
      );
    });
  });

  it('differ as two by two, every model from every one before it', () => {
    expect(comparison.pairs.map(({ model, against }) => [model, against])).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
    ]);
    for (const { model, against, difference } of comparison.pairs) {
      const alone = pairedDifference(labels, models[model], models[against], groups, options);
      expect(difference).toStrictEqual(alone);
    }
    expect(comparison.overFirst[2]).toStrictEqual(comparison.pairs[1].difference);
    expect(comparison.overFirst[0].intervals.brier).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('are told apart by limits that hold for all pairs together', () => {
    const [pair] = comparison.pairs;
    const { rocAuc } = pair.difference.intervals;
    const own = rocAuc.high - rocAuc.low;
    expect(pair.together.rocAuc.high - pair.together.rocAuc.low).toBeGreaterThan(own);
    expect(pair.together.rocAuc.value).toBe(rocAuc.value);
    expect(verdict(pair, 'rocAuc')).toBe('better');
    expect(verdict(comparison.pairs[2], 'rocAuc')).toBe('worse');
  });

  it('are better by losses where these are smaller', () => {
    const [, turned, against] = comparison.pairs;
    expect(turned.difference.intervals.logLoss.value).toBeGreaterThan(0);
    expect([verdict(turned, 'logLoss'), verdict(against, 'brier')]).toEqual(['worse', 'worse']);
  });

  it('are not told apart where they are one, or a metric is undefined', () => {
    const twins = compareModels(labels, [models[0], models[0]], groups, options);
    for (const metric of metricNames) expect(verdict(twins.pairs[0], metric)).toBe('neither');
    const stayed = compareModels(new Uint8Array(240), models, groups, options);
    expect(stayed.pairs[0].together.rocAuc.low).toBeNaN();
    expect(verdict(stayed.pairs[0], 'rocAuc')).toBe('neither');
  });

  it('are none without a model, and one has no pair', () => {
    expect(compareModels(labels, [], groups, options).each).toEqual([]);
    expect(compareModels(labels, [models[0]], groups, options).pairs).toEqual([]);
  });
});
