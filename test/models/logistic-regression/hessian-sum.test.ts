import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/errors.ts';
import { BLOCK } from '../../../src/models/logistic-regression/design.ts';
import { sumHessian } from '../../../src/models/logistic-regression/hessian-sum.ts';
import { createRandom } from '../../../src/random.ts';

/** Small whole numbers, whose sums are exact in any order. */
function wholeNumbers(length: number, seed: number) {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.integer(41) - 20);
}

function naive(n: number, blocks: readonly { z: Float64Array; factors: Float64Array }[]) {
  const sums = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let k = 0; k <= j; k++) {
      for (const { z, factors } of blocks) {
        for (let i = 0; i < BLOCK; i++) sums[j * n + k] += z[j * BLOCK + i] * factors[i] * z[k * BLOCK + i];
      }
    }
  }
  return sums;
}

describe('sumHessian', () => {
  it('sums what three loops sum, of any number of terms and blocks, one after the other', () => {
    const sizes = fc.record({ n: fc.integer({ min: 1, max: 11 }), count: fc.nat(3), seed: fc.nat() });
    fc.assert(
      fc.property(sizes, ({ n, count, seed }) => {
        const blocks = Array.from({ length: count }, (_, k) => ({
          z: wholeNumbers(n * BLOCK, seed + k),
          factors: wholeNumbers(BLOCK, seed - k - 1),
        }));
        const found = sumHessian(n, (add) => {
          for (const { z, factors } of blocks) add(z, factors);
        });
        expect(found).toEqual(naive(n, blocks));
      }),
      { numRuns: 30 },
    );
  });

  it('passes on what is not a number', () => {
    const z = new Float64Array(BLOCK).fill(Number.NaN);
    expect(sumHessian(1, (add) => add(z, new Float64Array(BLOCK).fill(1)))).toEqual(
      Float64Array.of(Number.NaN),
    );
  });

  it('refuses more terms than memory holds', () => {
    expect(() => sumHessian(40_000, () => {})).toThrow(EngineError);
  });
});
