import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NothingToLearnError } from '../../src/errors.ts';
import { evaluate } from '../../src/evaluation/metrics.ts';
import { chooseThreshold } from '../../src/evaluation/threshold.ts';
import { anyRows, permuted } from './rows.ts';

function chosen(labels: number[], probabilities: number[]) {
  return chooseThreshold(Uint8Array.from(labels), Float64Array.from(probabilities));
}

describe('chooseThreshold', () => {
  it('takes the midpoint of the scores that it parts', () => {
    expect(chosen([1, 1, 0, 0], [0.9, 0.6, 0.4, 0.1])).toEqual({ threshold: 0.5, f1: 1 });
  });

  it('takes the higher of two thresholds with the same F1', () => {
    // {first}: 2·1/(1+3); {first, second, third}: 2·2/(5+3); both .5, the rest lower.
    const { threshold, f1 } = chosen([1, 0, 0, 0, 1, 1], [0.9, 0.8, 0.7, 0.6, 0.5, 0.1]);
    expect(f1).toBeCloseTo(2 / 3, 12);
    expect(threshold).toBe(0.05);
    expect(chosen([1, 0, 0, 1], [0.9, 0.8, 0.7, 0.6])).toEqual({ threshold: (0.9 + 0.8) / 2, f1: 2 / 3 });
  });

  it('takes half of the lowest score when all are best called lost', () => {
    expect(chosen([1, 1], [0.8, 0.4])).toEqual({ threshold: 0.2, f1: 1 });
    expect(chosen([1], [0])).toEqual({ threshold: 0, f1: 1 });
  });

  it('parts neighbouring doubles', () => {
    const above = 0.5 + Number.EPSILON / 2;
    expect(chosen([1, 0], [above, 0.5]).f1).toBe(1);
    expect(
      evaluate(Uint8Array.of(1, 0), Float64Array.of(above, 0.5), chosen([1, 0], [above, 0.5]).threshold).f1,
    ).toBe(1);
  });

  it('finds no lower F1 than any score as threshold, and the one that it states', () => {
    fc.assert(
      fc.property(anyRows, ({ labels, probabilities }) => {
        fc.pre(labels.includes(1));
        const { threshold, f1 } = chooseThreshold(labels, probabilities);
        expect(evaluate(labels, probabilities, threshold).f1).toBe(f1);
        for (const candidate of probabilities) {
          const other = evaluate(labels, probabilities, candidate).f1;
          expect(other).toBeLessThanOrEqual(f1);
          if (other === f1) expect(candidate).not.toBeGreaterThan(nextScore(probabilities, threshold));
        }
      }),
    );
  });

  function nextScore(probabilities: Float64Array, threshold: number): number {
    return Math.min(...probabilities.filter((probability) => probability >= threshold));
  }

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(anyRows, fc.integer(), (rows, seed) => {
        fc.pre(rows.labels.includes(1));
        const other = permuted(rows, seed);
        expect(chooseThreshold(other.labels, other.probabilities)).toEqual(
          chooseThreshold(rows.labels, rows.probabilities),
        );
      }),
    );
  });

  it('refuses rows of which none is lost', () => {
    expect(() => chosen([0, 0], [0.1, 0.2])).toThrow(NothingToLearnError);
    expect(() => chosen([], [])).toThrow('None of the 0 validation rows is lost');
  });

  it('refuses what is not a probability', () => {
    expect(() => chosen([1, 0], [0.1, Number.NaN])).toThrow('probability of row 1 is NaN');
  });
});
