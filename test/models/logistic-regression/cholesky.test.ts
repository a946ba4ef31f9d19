import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorCholesky, solveCholesky } from '../../../src/models/logistic-regression/cholesky.ts';

describe('Cholesky factorisation', () => {
  it('is the known factor of a known matrix', () => {
    const factor = factorCholesky(Float64Array.of(4, 0, 0, 12, 37, 0, -16, -43, 98), 3);
    expect(Array.from(factor ?? [])).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
  });

  it('refuses a singular matrix', () => {
    expect(factorCholesky(Float64Array.of(1, 0, 1, 1), 2)).toBeUndefined();
    expect(factorCholesky(Float64Array.of(0), 1)).toBeUndefined();
  });

  it('refuses an indefinite matrix and one with NaN', () => {
    expect(factorCholesky(Float64Array.of(1, 0, 2, 1), 2)).toBeUndefined();
    expect(factorCholesky(Float64Array.of(Number.NaN), 1)).toBeUndefined();
  });

  it('solves A x = b for A = Bᵀ B + I', () => {
    const n = 4;
    const numbers = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(numbers, (xs) => {
        const a = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            a[i * n + j] = i === j ? 1 : 0;
            for (let k = 0; k < n; k++) a[i * n + j] += xs[k * n + i] * xs[k * n + j];
          }
        }
        const b = Float64Array.from(xs.slice(16));
        const factor = factorCholesky(a, n);
        if (!factor) throw new Error('positive definite by construction');
        const x = solveCholesky(factor, b);
        for (let i = 0; i < n; i++) {
          let product = 0;
          for (let j = 0; j < n; j++) product += a[i * n + j] * x[j];
          expect(product).toBeCloseTo(b[i], 10);
        }
      }),
    );
  });
});
