import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/errors.ts';
import { BLOCK, COLUMN, DesignKernel } from '../../../src/models/logistic-regression/design-kernel.ts';
import { createRandom } from '../../../src/random.ts';

/** Numbers whose sums depend on their order, some of them 0. */
function numbers(length: number, seed: number) {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => (random.integer(3) === 0 ? 0 : random.float() - 0.5));
}

/** A kernel with blocks, and these as columns. */
function withBlocks(terms: number, count: number, seed: number) {
  const kernel = new DesignKernel(terms, count);
  const blocks = Array.from({ length: count }, (_, k) => {
    const columns = Array.from({ length: terms }, (_, j) => numbers(BLOCK, seed + 31 * k + j));
    columns.forEach((column, j) => {
      kernel.block(k).set(column, j * COLUMN);
    });
    return columns;
  });
  return { kernel, blocks };
}

/** η row by row: four columns are added up, then added to what was before; what is left one by one. */
function naiveEta(columns: readonly Float64Array[], beta: Float64Array) {
  return Float64Array.from({ length: BLOCK }, (_, i) => {
    const p = columns.map((column, j) => beta[j] * column[i]);
    let sum = 0;
    let j = 0;
    for (; j + 3 < p.length; j += 4) sum += p[j] + p[j + 1] + (p[j + 2] + p[j + 3]);
    for (; j < p.length; j++) sum += p[j];
    return sum;
  });
}

/** Even rows and odd ones by themselves. */
function naiveHessian(blocks: readonly Float64Array[][], curvatures: readonly Float64Array[], terms: number) {
  const sums = new Float64Array(terms * terms);
  blocks.forEach((columns, b) => {
    for (let j = 0; j < terms; j++) {
      for (let k = 0; k <= j; k++) {
        const halves = [0, 0];
        for (let i = 0; i < BLOCK; i++) halves[i % 2] += columns[j][i] * curvatures[b][i] * columns[k][i];
        sums[j * terms + k] += halves[0] + halves[1];
      }
    }
  });
  return sums;
}

function naiveGradient(blocks: readonly Float64Array[][], residuals: readonly Float64Array[], terms: number) {
  const gradient = new Float64Array(terms);
  blocks.forEach((columns, b) => {
    columns.forEach((column, j) => {
      gradient[j] += column.reduce((sum, z, i) => sum + z * residuals[b][i], 0);
    });
  });
  return gradient;
}

describe('DesignKernel', () => {
  const cases = fc.record({ terms: fc.integer({ min: 1, max: 35 }), count: fc.nat(2), seed: fc.nat(1e6) });

  it('multiplies as loops over rows and columns do, bit for bit, whichever coefficients are 0', () => {
    fc.assert(
      fc.property(cases, fc.nat(34), fc.nat(34), ({ terms, count, seed }, from, zeros) => {
        const { kernel, blocks } = withBlocks(terms, count, seed);
        const beta = numbers(terms, seed + 1).fill(0, from, from + zeros);
        kernel.setBeta(beta);
        blocks.forEach((columns, k) => {
          kernel.multiply(k);
          expect(kernel.eta).toEqual(naiveEta(columns, beta));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('adds gradients and Hessians as such loops do, bit for bit, and begins anew', () => {
    fc.assert(
      fc.property(cases, ({ terms, count, seed }) => {
        const { kernel, blocks } = withBlocks(terms, count, seed);
        const residuals = blocks.map((_, k) => numbers(BLOCK, seed - 2 * k));
        const curvatures = blocks.map((_, k) => numbers(BLOCK, seed - 2 * k - 1));
        for (let repeat = 0; repeat < 2; repeat++) {
          kernel.beginGradient();
          kernel.beginHessian();
          blocks.forEach((_, k) => {
            kernel.eta.set(residuals[k]);
            kernel.curvature.set(curvatures[k]);
            kernel.addGradient(k);
            kernel.addHessian(k);
          });
          expect(kernel.gradient).toEqual(naiveGradient(blocks, residuals, terms));
          expect(kernel.hessian).toEqual(naiveHessian(blocks, curvatures, terms));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('passes on what is not a number, but for columns that do not count', () => {
    const kernel = new DesignKernel(5, 1);
    kernel.block(0).fill(Number.NaN, 0, COLUMN);
    kernel.block(0).fill(1, 4 * COLUMN, 5 * COLUMN);
    kernel.setBeta(Float64Array.of(0, 0, 0, 0, 2));
    kernel.multiply(0);
    expect(kernel.eta).toEqual(new Float64Array(BLOCK).fill(2));
    kernel.beginGradient();
    kernel.addGradient(0);
    expect(kernel.gradient).toEqual(Float64Array.of(Number.NaN, 0, 0, 0, 2 * BLOCK));
    kernel.curvature.fill(1);
    kernel.beginHessian();
    kernel.addHessian(0);
    expect(kernel.hessian.subarray(20)).toEqual(Float64Array.of(Number.NaN, 0, 0, 0, BLOCK));
  });

  it('refuses more blocks or terms than memory holds, in words', () => {
    expect(() => new DesignKernel(40_000, 100)).toThrow(EngineError);
    const wide = new DesignKernel(40_000, 0);
    expect(() => wide.beginHessian()).toThrow('A linear model of 40000 terms does not fit into memory');
  });
});
