import { describe, expect, it } from 'vitest';
import { studentQuantile975 } from '../../src/explanation/student.ts';

describe('studentQuantile975', () => {
  // Expected: scipy.stats.t.ppf(0.975, degrees).
  it.each([
    [1, 12.706205],
    [2, 4.302653],
    [4, 2.776445],
    [5, 2.570582],
    [9, 2.262157],
    [30, 2.042272],
    [1000, 1.962339],
  ])('with %d degrees of freedom is %d', (degrees, expected) => {
    expect(Math.abs(studentQuantile975(degrees) - expected)).toBeLessThan(0.001);
  });
});
