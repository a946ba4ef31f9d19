import { NothingToLearnError } from '../../errors.ts';
import { sigmoid } from '../exponential.ts';
import type { Examples } from '../matrix.ts';
import { outcomeWeights, plattTargets } from './platt-targets.ts';

const MAX_STEPS = 100;
const MAX_HALVINGS = 60;

/**
 * When the gain that a step promises is a smaller share of the loss, rounding hides it: to halve the step would be to search in noise. The
 * step is taken unseen and is the last, since it leads to where the parameters are exact to rounding.
 */
const HIDDEN = 1e-12;

/** When the determinant is a smaller share of its terms, all scores are the same to working precision, and tell no slope. */
const SINGULAR = 1e-12;

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
    const { step, gain } = newtonStep(problem, here);
    if (gain <= HIDDEN * loss) return moved(here, step, 1);
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

/** Hessian⁻¹ · gradient, and twice what that promises to lower the loss by. Where all scores are the same the offset alone moves. */
function newtonStep(
  { scores, targets, weights }: Problem,
  { slope, offset }: PlattScaling,
): { readonly step: PlattScaling; readonly gain: number } {
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
  const step =
    determinant > SINGULAR * h11 * h22
      ? { slope: (h22 * g1 - h12 * g2) / determinant, offset: (h11 * g2 - h12 * g1) / determinant }
      : { slope: 0, offset: g2 / h22 };
  return { step, gain: step.slope * g1 + step.offset * g2 };
}
