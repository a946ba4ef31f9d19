import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  confusionMatrix,
  f1,
  precision,
  recall,
  weightedF1,
} from '../../src/evaluation/confusion.ts';
import { evaluate, type MetricName, mapMetrics, metricNames } from '../../src/evaluation/metrics.ts';
import { brierScore, logLoss } from '../../src/evaluation/probability-metrics.ts';
import { averagePrecision, rocAuc, topDecileLift } from '../../src/evaluation/ranking-metrics.ts';
import { tallyScores } from '../../src/evaluation/score-tally.ts';
import { reference } from './reference.ts';
import { anyRows, permuted } from './rows.ts';

function evaluated(labels: number[], probabilities: number[], threshold = 0.5) {
  return evaluate(Uint8Array.from(labels), Float64Array.from(probabilities), threshold);
}

/** What a metric can be at most; the log loss by its clipping, the lift by the tenth. */
function most(name: MetricName): number {
  if (name === 'logLoss') return 52 * Math.LN2;
  return name === 'topDecileLift' ? 10 : 1;
}

describe('evaluate', () => {
  describe.each(reference.classification)('on $name', ({ labels, scores, threshold, metrics, confusion }) => {
    const result = evaluated([...labels], [...scores], threshold);

    it.each(Object.entries(metrics))('agrees with scikit-learn on %s', (name, expected) => {
      expect(new Map<string, number>(Object.entries(result)).get(name)).toBeCloseTo(expected, 12);
    });

    it('agrees with scikit-learn on the confusion matrix', () => {
      const tally = tallyScores(Uint8Array.from(labels), Float64Array.from(scores));
      const counted = confusionMatrix(tally, threshold);
      expect([
        [counted.trueNegatives, counted.falsePositives],
        [counted.falseNegatives, counted.truePositives],
      ]).toEqual(confusion);
    });
  });

  it('does not change in a bit when rows are permuted', () => {
    fc.assert(
      fc.property(
        anyRows,
        fc.integer(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, seed, threshold) => {
          const other = permuted(rows, seed);
          expect(evaluate(other.labels, other.probabilities, threshold)).toStrictEqual(
            evaluate(rows.labels, rows.probabilities, threshold),
          );
        },
      ),
    );
  });

  it('takes in one pass what each metric takes by itself, bit for bit', () => {
    fc.assert(
      fc.property(anyRows, fc.double({ min: 0, max: 1, noNaN: true }), (rows, threshold) => {
        const tally = tallyScores(rows.labels, rows.probabilities);
        const confusion = confusionMatrix(tally, threshold);
        expect(evaluate(rows.labels, rows.probabilities, threshold)).toStrictEqual({
          rocAuc: rocAuc(tally),
          averagePrecision: averagePrecision(tally),
          f1: f1(confusion),
          weightedF1: weightedF1(confusion),
          precision: precision(confusion),
          recall: recall(confusion),
          accuracy: accuracy(confusion),
          logLoss: logLoss(tally),
          brier: brierScore(tally),
          topDecileLift: topDecileLift(tally),
        });
      }),
    );
  });

  it('keeps every defined metric in its range', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const result = evaluate(rows.labels, rows.probabilities, 0.5);
        for (const name of metricNames) {
          if (Number.isNaN(result[name])) continue;
          expect(result[name]).toBeGreaterThanOrEqual(0);
          expect(result[name]).toBeLessThanOrEqual(most(name) * (1 + 1e-12));
        }
      }),
    );
  });

  it('gives the seeds\' weighted F1 of .67 for always answering "stays" to 52 losses in 225', () => {
    const labels = Array.from({ length: 225 }, (_, row) => (row < 52 ? 1 : 0));
    const result = evaluated(labels, new Array<number>(225).fill(0));
    expect(result.weightedF1).toBeCloseTo(0.668, 3);
    expect(result.f1).toBe(0);
    expect(result.recall).toBe(0);
    expect(result.precision).toBeNaN();
  });

  it('is all NaN without rows', () => {
    expect(evaluated([], [])).toEqual(mapMetrics(() => Number.NaN));
  });

  it('leaves undefined what needs a lost row', () => {
    expect(evaluated([0, 0], [0.2, 0.1])).toEqual({
      rocAuc: Number.NaN,
      averagePrecision: Number.NaN,
      f1: Number.NaN,
      weightedF1: 1,
      precision: Number.NaN,
      recall: Number.NaN,
      accuracy: 1,
      logLoss: -(Math.log(0.8) + Math.log(0.9)) / 2,
      brier: 0.2 * 0.2 * 0.5 + 0.1 * 0.1 * 0.5,
      topDecileLift: Number.NaN,
    });
  });

  it('leaves only ROC AUC undefined when all are lost and found', () => {
    const result = evaluated([1, 1], [0.9, 0.6]);
    expect(metricNames.filter((name) => Number.isNaN(result[name]))).toEqual(['rocAuc']);
    expect(result.averagePrecision).toBe(1);
    expect(result.topDecileLift).toBe(1);
  });

  it('decides "lost" at exactly the threshold', () => {
    expect(evaluated([1], [0.5]).recall).toBe(1);
    expect(evaluated([1], [0.5 - Number.EPSILON]).recall).toBe(0);
  });

  it('clips probabilities of 0 and 1 in the log loss, right or wrong', () => {
    expect(evaluated([1], [1]).logLoss).toBe(-Math.log(1 - Number.EPSILON));
    expect(evaluated([0], [0]).logLoss).toBe(-Math.log(1 - Number.EPSILON));
    expect(evaluated([0], [1]).logLoss).toBe(52 * Math.LN2);
  });

  it('takes 0 and -0 as one score', () => {
    expect(evaluated([1, 0], [0, -0]).rocAuc).toBe(0.5);
    expect(evaluated([1, 0], [-0, 0]).rocAuc).toBe(0.5);
  });

  it.each([Number.NaN, -0.01, 1.01, Number.POSITIVE_INFINITY])(
    'refuses the probability %d',
    (probability) => {
      expect(() => evaluated([0, 1], [0.5, probability])).toThrow(/probability of row 1 is .*0…1/);
    },
  );

  it('refuses labels other than 0 and 1, unequal lengths and a NaN threshold', () => {
    expect(() => evaluated([0, 2], [0.5, 0.5])).toThrow('label of row 1 is 2');
    expect(() => evaluated([0, 1], [0.5])).toThrow('2 labels and 1 scores');
    expect(() => evaluated([0, 1], [0.5, 0.5], Number.NaN)).toThrow('threshold is NaN');
  });

  it('has an entry in mapMetrics for every name', () => {
    expect(mapMetrics((name) => name)).toEqual(Object.fromEntries(metricNames.map((name) => [name, name])));
  });
});

describe('rocAuc', () => {
  it('equals the share of pairs in order', () => {
    fc.assert(
      fc.property(anyRows, ({ labels, probabilities }) => {
        let pairs = 0;
        let inOrder = 0;
        for (let i = 0; i < labels.length; i++) {
          for (let j = 0; j < labels.length; j++) {
            if (labels[i] !== 1 || labels[j] !== 0) continue;
            pairs++;
            if (probabilities[i] > probabilities[j]) inOrder += 1;
            if (probabilities[i] === probabilities[j]) inOrder += 0.5;
          }
        }
        expect(rocAuc(tallyScores(labels, probabilities))).toBe(inOrder / pairs);
      }),
    );
  });
});

describe('averagePrecision', () => {
  it('equals the mean precision at the score of each lost row', () => {
    fc.assert(
      fc.property(anyRows, ({ labels, probabilities }) => {
        const precisions: number[] = [];
        for (let i = 0; i < labels.length; i++) {
          if (labels[i] !== 1) continue;
          const above = Array.from(labels).filter((_, row) => probabilities[row] >= probabilities[i]);
          precisions.push(above.filter((label) => label === 1).length / above.length);
        }
        fc.pre(precisions.length > 0);
        const mean = precisions.reduce((sum, precision) => sum + precision, 0) / precisions.length;
        expect(averagePrecision(tallyScores(labels, probabilities))).toBeCloseTo(mean, 12);
      }),
    );
  });
});

describe('metrics of the ranking', () => {
  it.each([
    ['rocAuc', rocAuc],
    ['averagePrecision', averagePrecision],
    ['topDecileLift', topDecileLift],
  ] as const)('leave %s alone under a rising transform of the scores', (_, metric) => {
    const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -40, max: 40 })));
    fc.assert(
      fc.property(scores, (rows) => {
        const labels = Uint8Array.from(rows, ([label]) => label);
        const plain = Float64Array.from(rows, ([, score]) => score);
        const cubed = plain.map((score) => score ** 3 - 7);
        expect(metric(tallyScores(labels, cubed))).toBe(metric(tallyScores(labels, plain)));
      }),
    );
  });

  it('refuse scores that are not finite', () => {
    expect(() => tallyScores(Uint8Array.of(1), Float64Array.of(Number.NaN))).toThrow('score of row 0 is NaN');
  });
});

describe('topDecileLift', () => {
  function lift(labels: number[], scores: number[]): number {
    return topDecileLift(tallyScores(Uint8Array.from(labels), Float64Array.from(scores)));
  }
  const falling = Array.from({ length: 20 }, (_, row) => 1 - row / 20);

  it('is 10 when a tenth is lost and scores highest, 0 when it scores lowest', () => {
    const lostFirst = falling.map((_, row) => (row < 2 ? 1 : 0));
    expect(lift(lostFirst, falling)).toBe(10);
    expect(lift(lostFirst, falling.toReversed())).toBe(0);
  });

  it('is 1 when all scores are equal', () => {
    expect(lift([1, 0, 0, 1, 0, 0, 0], new Array<number>(7).fill(0.3))).toBeCloseTo(1, 12);
  });

  it('counts equal scores at the boundary by expected value', () => {
    // Two of 20 rows: the highest, stayed, and one of four equal ones of which one is lost.
    const labels = falling.map((_, row) => (row === 2 || row === 9 ? 1 : 0));
    const scores = falling.map((score, row) =>
      row >= 1 && row <= 4 ? 0.9 : score / 2 + (row === 0 ? 0.5 : 0),
    );
    expect(lift(labels, scores)).toBeCloseTo((0.25 / 2) * (20 / 2), 12);
  });

  it('takes an exact tenth when the rows are no multiple of ten', () => {
    // 1.5 rows of 15: the lost first and half of the second, lost too.
    const labels = Array.from({ length: 15 }, (_, row) => (row < 2 ? 1 : 0));
    const scores = labels.map((_, row) => 1 - row / 15);
    expect(lift(labels, scores)).toBeCloseTo((10 * 1.5) / 2, 12);
  });
});
