import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { bootstrapMetrics, pairedDifference } from '../../src/evaluation/bootstrap.ts';
import { evaluate, type Metrics, mapMetrics, metricNames } from '../../src/evaluation/metrics.ts';
import { resampleUsers } from '../../src/evaluation/resampling.ts';
import { anyRows, permuted, type Rows, simulatedRows } from './rows.ts';

/** The metrics of every replicate, by literally copying the rows of each drawn user. */
function resampledLiterally(rows: Rows, threshold: number, replicates: number, seed: number): Metrics[] {
  const users = [...new Set(rows.groups)].sort((a, b) => a - b);
  const samples: Metrics[] = [];
  resampleUsers(users.length, replicates, seed, (drawn) => {
    const copies = users.flatMap((user, i) =>
      Array.from({ length: drawn[i] }, () =>
        Array.from(rows.groups.keys()).filter((row) => rows.groups[row] === user),
      ).flat(),
    );
    const labels = Uint8Array.from(copies, (row) => rows.labels[row]);
    const probabilities = Float64Array.from(copies, (row) => rows.probabilities[row]);
    samples.push(evaluate(labels, probabilities, threshold));
  });
  return samples;
}

function quantile(values: number[], share: number): number {
  const rising = values.toSorted((a, b) => a - b);
  const position = (rising.length - 1) * share;
  const [below, above] = [rising[Math.floor(position)], rising[Math.ceil(position)]];
  return below + (position % 1) * (above - below);
}

describe('bootstrapMetrics', () => {
  it('equals metrics of literally resampled rows', () => {
    const rows = simulatedRows(40, 1, 1);
    const result = bootstrapMetrics(rows.labels, rows.probabilities, rows.groups, 0.4, {
      seed: 5,
      replicates: 200,
    });
    const samples = resampledLiterally(rows, 0.4, 200, 5);
    const values = evaluate(rows.labels, rows.probabilities, 0.4);
    for (const name of metricNames) {
      const defined = samples.map((sample) => sample[name]).filter((value) => !Number.isNaN(value));
      expect(result.intervals[name].value).toBe(values[name]);
      expect(result.intervals[name].low).toBeCloseTo(quantile(defined, 0.025), 12);
      expect(result.intervals[name].high).toBeCloseTo(quantile(defined, 0.975), 12);
      expect(result.undefinedReplicates[name]).toBe(200 - defined.length);
    }
  });

  it('does not change in a bit when rows are permuted', () => {
    fc.assert(
      fc.property(anyRows, fc.integer(), (rows, seed) => {
        const other = permuted(rows, seed);
        const options = { seed, replicates: 20 };
        expect(bootstrapMetrics(other.labels, other.probabilities, other.groups, 0.5, options)).toStrictEqual(
          bootstrapMetrics(rows.labels, rows.probabilities, rows.groups, 0.5, options),
        );
      }),
    );
  });

  it('does not depend on how users are numbered, as long as their order stays', () => {
    const { labels, probabilities, groups } = simulatedRows(30, 2);
    const sparse = groups.map((group) => 1000 * group - 7);
    const options = { seed: 1, replicates: 50 };
    expect(bootstrapMetrics(labels, probabilities, sparse, 0.4, options)).toEqual(
      bootstrapMetrics(labels, probabilities, groups, 0.4, options),
    );
  });

  it('takes 1,000 replicates unless told otherwise, and another seed gives other limits', () => {
    const { labels, probabilities, groups } = simulatedRows(30, 3);
    const one = bootstrapMetrics(labels, probabilities, groups, 0.4, { seed: 1 });
    const two = bootstrapMetrics(labels, probabilities, groups, 0.4, { seed: 2 });
    expect(one.replicates).toBe(1000);
    expect(one.users).toBe(30);
    expect(one.intervals.rocAuc.value).toBe(two.intervals.rocAuc.value);
    expect(one.intervals.rocAuc.low).not.toBe(two.intervals.rocAuc.low);
  });

  it('narrows by the square root when every user is there four times', () => {
    const rows = simulatedRows(150, 4);
    const once = bootstrapMetrics(rows.labels, rows.probabilities, rows.groups, 0.4, { seed: 1 });
    const copies = [0, 1, 2, 3];
    const fourTimes = bootstrapMetrics(
      Uint8Array.from(copies.flatMap(() => [...rows.labels])),
      Float64Array.from(copies.flatMap(() => [...rows.probabilities])),
      Int32Array.from(copies.flatMap((copy) => Array.from(rows.groups, (group) => group + copy * 150))),
      0.4,
      { seed: 1 },
    );
    for (const name of metricNames) {
      const width = (result: typeof once) => result.intervals[name].high - result.intervals[name].low;
      expect(fourTimes.intervals[name].value).toBeCloseTo(once.intervals[name].value, 12);
      expect(width(once) / width(fourTimes)).toBeGreaterThan(1.6);
      expect(width(once) / width(fourTimes)).toBeLessThan(2.5);
    }
  });

  it("is wider by users than by rows when a user's rows are alike", () => {
    const { labels, probabilities, groups } = simulatedRows(200, 5);
    const alikeLabels = labels.map((_, row) => labels[groups[row]]);
    const alikeScores = probabilities.map((_, row) => probabilities[groups[row]]);
    const rowsAsUsers = Int32Array.from(groups.keys());
    const byUser = bootstrapMetrics(alikeLabels, alikeScores, groups, 0.4, { seed: 1 }).intervals.rocAuc;
    const byRow = bootstrapMetrics(alikeLabels, alikeScores, rowsAsUsers, 0.4, { seed: 1 }).intervals.rocAuc;
    expect((byUser.high - byUser.low) / (byRow.high - byRow.low)).toBeGreaterThan(1.25);
  });

  it('covers the true accuracy in about 95 of 100 samples', () => {
    // A row is right with chance .8 whatever else it is, so that the true accuracy is .8.
    let covered = 0;
    for (let sample = 0; sample < 300; sample++) {
      const labels = new Uint8Array(60).fill(1);
      const { probabilities } = simulatedRows(30, 1000 + sample, 9);
      const right = probabilities.map((probability) => (probability % 0.01 < 0.008 ? 0.9 : 0.1));
      const { accuracy } = bootstrapMetrics(labels, right, Int32Array.from(labels.keys()), 0.5, {
        seed: sample,
        replicates: 200,
      }).intervals;
      if (accuracy.low <= 0.8 && 0.8 <= accuracy.high) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.98);
  });

  it('leaves out and counts replicates that leave a metric undefined', () => {
    // One lost user of four is not drawn with chance (3/4)^4 = .316.
    const labels = Uint8Array.of(1, 0, 0, 0);
    const { intervals, undefinedReplicates } = bootstrapMetrics(
      labels,
      Float64Array.of(0.6, 0.7, 0.2, 0.1),
      Int32Array.of(0, 1, 2, 3),
      0.5,
      { seed: 1 },
    );
    expect(undefinedReplicates.recall / 1000).toBeCloseTo(0.316, 1);
    expect(undefinedReplicates.averagePrecision).toBe(undefinedReplicates.recall);
    expect(undefinedReplicates.accuracy).toBe(0);
    expect(intervals.recall).toEqual({ value: 1, low: 1, high: 1 });
    expect(intervals.averagePrecision.low).toBeGreaterThan(0);
  });

  it('gives no limits when more than half of the replicates leave the metric undefined', () => {
    // Both a lost and a stayed user of two are drawn with chance 1/2; this seed stays below it.
    const seed = [1, 2, 3, 4, 5, 6].find(
      (candidate) => undefinedAuc(candidate).undefinedReplicates.rocAuc > 50,
    );
    const { intervals } = undefinedAuc(seed ?? Number.NaN);
    expect(intervals.rocAuc).toEqual({ value: 1, low: Number.NaN, high: Number.NaN });
    expect(intervals.accuracy.low).toBe(1);
  });

  function undefinedAuc(seed: number) {
    const options = { seed, replicates: 100 };
    return bootstrapMetrics(
      Uint8Array.of(1, 0),
      Float64Array.of(0.9, 0.1),
      Int32Array.of(0, 1),
      0.5,
      options,
    );
  }

  it('gives no limits for a single user', () => {
    const { users, intervals } = bootstrapMetrics(
      Uint8Array.of(1, 0),
      Float64Array.of(0.9, 0.1),
      Int32Array.of(3, 3),
      0.5,
      { seed: 1, replicates: 10 },
    );
    expect(users).toBe(1);
    expect(intervals.accuracy).toEqual({ value: 1, low: Number.NaN, high: Number.NaN });
  });

  it('is all NaN without rows', () => {
    const nothing = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    const result = bootstrapMetrics(new Uint8Array(), new Float64Array(), new Int32Array(), 0.5, { seed: 1 });
    expect(result.intervals).toEqual(mapMetrics(() => nothing));
    expect(result.undefinedReplicates.rocAuc).toBe(1000);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d replicates', (replicates) => {
    const { labels, probabilities, groups } = simulatedRows(3, 1);
    expect(() => bootstrapMetrics(labels, probabilities, groups, 0.5, { seed: 1, replicates })).toThrow(
      UsageError,
    );
  });

  it('refuses rows without a user and probabilities that are none', () => {
    const { labels, probabilities, groups } = simulatedRows(3, 1);
    const options = { seed: 1 };
    expect(() => bootstrapMetrics(labels, probabilities, groups.slice(1), 0.5, options)).toThrow('5 groups');
    expect(() => bootstrapMetrics(labels, probabilities.fill(2), groups, 0.5, options)).toThrow('row 0 is 2');
  });
});

describe('pairedDifference', () => {
  const { labels, probabilities, groups } = simulatedRows(100, 6);
  const coarse = probabilities.map((probability) => Math.round(probability * 5) / 5);
  const model = { probabilities, threshold: 0.4 };

  it('is exactly 0 for a model and itself', () => {
    const { intervals } = pairedDifference(labels, model, model, groups, { seed: 1, replicates: 50 });
    expect(intervals).toEqual(mapMetrics(() => ({ value: 0, low: 0, high: 0 })));
  });

  it('is the difference of the two models, mirrored when they change places', () => {
    const other = { probabilities: coarse, threshold: 0.5 };
    const forth = pairedDifference(labels, model, other, groups, { seed: 1, replicates: 100 }).intervals;
    const back = pairedDifference(labels, other, model, groups, { seed: 1, replicates: 100 }).intervals;
    const a = evaluate(labels, probabilities, 0.4);
    const b = evaluate(labels, coarse, 0.5);
    for (const name of metricNames) {
      expect(forth[name].value).toBe(a[name] - b[name]);
      expect(forth[name].value).toBe(-back[name].value);
      expect(forth[name].low).toBeCloseTo(-back[name].high, 12);
    }
  });

  it('is narrower than the two intervals apart when the models are alike', () => {
    const nearly = { probabilities: coarse, threshold: 0.4 };
    const both = pairedDifference(labels, model, nearly, groups, { seed: 1 }).intervals.rocAuc;
    const alone = bootstrapMetrics(labels, probabilities, groups, 0.4, { seed: 1 }).intervals.rocAuc;
    expect(both.high - both.low).toBeLessThan((alone.high - alone.low) / 2);
  });

  it('tells a good model from a useless one', () => {
    const useless = { probabilities: probabilities.map(() => 0.2), threshold: 0.4 };
    const { low } = pairedDifference(labels, model, useless, groups, { seed: 1 }).intervals.rocAuc;
    expect(low).toBeGreaterThan(0);
  });
});
