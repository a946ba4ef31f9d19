import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../src/explanation/gauss-legendre.ts';

describe('gaussLegendre', () => {
  it('has the known rule with two nodes', () => {
    const { nodes, weights } = gaussLegendre(2);
    expect(nodes[0]).toBeCloseTo((1 - 1 / Math.sqrt(3)) / 2, 15);
    expect(nodes[1]).toBeCloseTo((1 + 1 / Math.sqrt(3)) / 2, 15);
    expect(weights[0]).toBeCloseTo(0.5, 15);
    expect(weights[1]).toBeCloseTo(0.5, 15);
  });

  it.each([1, 2, 3, 5, 8, 15])('with %d nodes integrates every power up to 2n − 1', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let power = 0; power < 2 * n; power++) {
      const integral = nodes.reduce((sum, t, k) => sum + weights[k] * t ** power, 0);
      expect(integral).toBeCloseTo(1 / (power + 1), 13);
    }
  });

  it('keeps its nodes inside the interval', () => {
    const { nodes } = gaussLegendre(15);
    expect(Math.min(...nodes)).toBeGreaterThan(0);
    expect(Math.max(...nodes)).toBeLessThan(1);
  });
});
