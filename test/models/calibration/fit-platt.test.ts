import { expect, it } from 'vitest';
import { fitPlatt } from '../../../src/models/calibration/fit-platt.ts';
import { plattTargets } from '../../../src/models/calibration/platt-targets.ts';
import { sigmoid } from '../../../src/models/exponential.ts';
import { createRandom } from '../../../src/random.ts';

it('finds where both derivatives of the loss are 0 to rounding, which the loss itself cannot tell', () => {
  const random = createRandom(9);
  const scores = Float64Array.from({ length: 4000 }, () => 3 * random.float() - 4);
  const labels = Uint8Array.from(scores, (score) => (random.float() < sigmoid(0.7 * score) ? 1 : 0));
  const lost = labels.reduce((sum, label) => sum + label, 0);
  const targets = plattTargets(labels.length - lost, lost);
  const { slope, offset } = fitPlatt(scores, { labels });
  const residuals = scores.map((score, i) => sigmoid(slope * score + offset) - targets[labels[i]]);
  const ofSlope = residuals.reduce((sum, residual, i) => sum + residual * scores[i], 0);
  const ofOffset = residuals.reduce((sum, residual) => sum + residual, 0);
  expect(Math.abs(ofSlope / scores.length)).toBeLessThan(1e-13);
  expect(Math.abs(ofOffset / scores.length)).toBeLessThan(1e-13);
});

it('finds no slope in scores that are all the same, and the rate in its offset', () => {
  const labels = Uint8Array.of(1, 0, 0, 0, 0, 0);
  const { slope, offset } = fitPlatt(new Float64Array(6).fill(5.3), { labels });
  const [ofStayed, ofLost] = plattTargets(5, 1);
  expect(sigmoid(slope * 5.3 + offset)).toBeCloseTo((5 * ofStayed + ofLost) / 6, 12);
  expect(slope).toBeCloseTo(0, 9);
});
