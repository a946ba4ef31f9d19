import { describe, expect, it } from 'vitest';
import { simplestWithinError } from '../../src/evaluation/simplest-within-error.ts';

const users = Int32Array.of(0, 0, 1, 1, 2, 2);
const flat = { name: 'flat', losses: Float64Array.of(1, 1, 1, 1, 1, 1) };

describe('the simplest within its error', () => {
  it('is the best where all differ for sure', () => {
    const better = { name: 'better', losses: Float64Array.of(0.5, 0.6, 0.5, 0.5, 0.5, 0.5) };
    const { chosen, judged } = simplestWithinError([flat, better], users);
    expect(chosen).toBe('better');
    expect(judged[1]).toEqual({ name: 'better', loss: expect.closeTo(3.1 / 6, 12), excess: 0, error: 0 });
  });

  it('is the simpler where one user makes all the difference', () => {
    const lucky = { name: 'lucky', losses: Float64Array.of(0, 0, 1, 1, 1.1, 1.1) };
    const { chosen, judged } = simplestWithinError([flat, lucky], users);
    expect(chosen).toBe('flat');
    // By hand: sums by user of the centred differences are 1.4, −0.6 and −0.8, so √(3/2 · 2.96) / 6.
    expect(judged[0]).toEqual({
      name: 'flat',
      loss: 1,
      excess: expect.closeTo(0.3, 12),
      error: expect.closeTo(Math.sqrt(4.44) / 6, 12),
    });
  });

  it('is the first of equals', () => {
    expect(simplestWithinError([flat, { ...flat, name: 'twin' }], users).chosen).toBe('flat');
  });

  it('is the best where there is one user, who tells of no error', () => {
    const less = { name: 'less', losses: new Float64Array(6).fill(0.99) };
    expect(simplestWithinError([flat, less], new Int32Array(6)).chosen).toBe('less');
  });

  it('has the error of the difference, clustered by user, that statsmodels has', () => {
    // statsmodels 0.14: OLS(difference, ones).fit(cov_type='cluster', cov_kwds={'groups': users, 'use_correction': False}).bse · √(U / (U − 1))
    const losses = Float64Array.of(0.3, 0.9, 0.2, 0.4, 1.1, 0.6, 0.8);
    const groups = Int32Array.of(5, 5, 9, 9, 9, 1, 2);
    const against = {
      name: 'against',
      losses: losses.map((loss, i) => loss + [0.1, -0.2, 0.4, 0.3, 0.1, 0.2, 0.05][i]),
    };
    const { judged } = simplestWithinError([against, { name: 'best', losses }], groups);
    expect(judged[0].excess).toBeCloseTo(0.1357142857142857, 12);
    expect(judged[0].error).toBeCloseTo(0.09091754658844509, 12);
  });
});
