import { NothingToLearnError } from '../../errors.ts';
import { sigmoid } from '../exponential.ts';
import type { Examples } from '../matrix.ts';
import { outcomeWeights, plattTargets } from './platt-targets.ts';

const MAX_STEPS = 100;
const MAX_HALVINGS = 60;

/** log-odds = slope · score + offset. */
export interface PlattScaling {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Fits probabilities to scores by log loss against targets that stop short of 0 and 1 (Platt 2000), by Newton's method
 * with halved steps (Lin, Lin and Weng 2007). Rows whose score is NaN are left out.
 * @throws NothingToLearnError when the rows with a score lack an outcome.
 */
export function fitPlatt(
  scores: Float64Array,
  { labels, weights }: Pick<Examples, 'labels' | 'weights'>,
): PlattScaling {
  const rows = scored(scores);
  const own = {
    labels: new Uint8Array(rows.length),
    weights: new Float64Array(rows.length).fill(1),
    scores: new Float64Array(rows.length),
  };
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    own.labels[k] = labels[row];
    if (weights) own.weights[k] = weights[row];
    own.scores[k] = scores[row];
  }
  const [stayed, lost] = outcomeWeights(own.labels, own.weights);
  if (stayed === 0 || lost === 0) {
    throw new NothingToLearnError(
      'There are too few groups of rows to learn probabilities from: both outcomes are needed out of fold.',
    );
  }
  const targets = plattTargets(stayed, lost);
  const problem = { ...own, targets: new Float64Array(rows.length) };
  for (let k = 0; k < rows.length; k++) problem.targets[k] = targets[own.labels[k]];
  return minimise(problem, { slope: 0, offset: Math.log((lost + 1) / (stayed + 1)) });
}

/** The rows that have a score. */
function scored(scores: Float64Array): Int32Array {
  const rows = new Int32Array(scores.length);
  let count = 0;
  for (let row = 0; row < scores.length; row++) if (!Number.isNaN(scores[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

interface Problem {
  readonly scores: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

function minimise(problem: Problem, start: PlattScaling): PlattScaling {
  let here = start;
  let loss = lossAt(problem, here);
  for (let k = 0; k < MAX_STEPS; k++) {
    const step = newtonStep(problem, here);
    let next = moved(here, step, 1);
    let after = lossAt(problem, next);
    for (let h = 0, scale = 0.5; h < MAX_HALVINGS && after > loss; h++, scale /= 2) {
      next = moved(here, step, scale);
      after = lossAt(problem, next);
    }
    if (!(after < loss)) return here;
    here = next;
    loss = after;
  }
  return here;
}

function moved({ slope, offset }: PlattScaling, step: PlattScaling, scale: number): PlattScaling {
  return { slope: slope - scale * step.slope, offset: offset - scale * step.offset };
}

function lossAt({ scores, targets, weights }: Problem, { slope, offset }: PlattScaling): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const eta = slope * scores[i] + offset;
    loss += weights[i] * (Math.log1p(Math.exp(-Math.abs(eta))) + Math.max(eta, 0) - targets[i] * eta);
  }
  return loss;
}

/** Hessian⁻¹ · gradient; the Hessian has a little on its diagonal, so that equal scores do not make it singular. */
function newtonStep({ scores, targets, weights }: Problem, { slope, offset }: PlattScaling): PlattScaling {
  let g1 = 0;
  let g2 = 0;
  let h11 = 1e-12;
  let h12 = 0;
  let h22 = 1e-12;
  for (let i = 0; i < scores.length; i++) {
    const p = sigmoid(slope * scores[i] + offset);
    const residual = weights[i] * (p - targets[i]);
    const curvature = weights[i] * p * (1 - p);
    g1 += residual * scores[i];
    g2 += residual;
    h11 += curvature * scores[i] ** 2;
    h12 += curvature * scores[i];
    h22 += curvature;
  }
  const determinant = h11 * h22 - h12 * h12;
  return { slope: (h22 * g1 - h12 * g2) / determinant, offset: (h11 * g2 - h12 * g1) / determinant };
}
