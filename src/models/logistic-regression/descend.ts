import { InputError, UsageError } from '../../errors.ts';
import { evaluate, type Point, type Problem } from './objective.ts';

/** Where the objective is least, and the last model of its curvature. */
export interface Minimum {
  readonly beta: Float64Array;
  readonly curvature: Float64Array;
}

/** A step, and how much it promises to lower the objective, or twice that: dᵀ H d of a Newton step d. */
export interface Direction {
  readonly step: Float64Array;
  readonly gain: number;
}

/** How a method chooses its steps. */
export interface Method {
  /** A model of the curvature at a β, which costs a pass over the data and more. */
  readonly model: (problem: Problem, beta: Float64Array) => Float64Array;
  readonly direction: (problem: Problem, here: Point, curvature: Float64Array) => Direction;
  /** A curvature is kept as long as every step shrinks the promised gain at least by this factor. */
  readonly keep: number;
  /** So many steps that rounding hides may in turn fail to halve the least gain before it is as small as can be. */
  readonly patience: number;
}

const MAX_STEPS = 2000;
const MAX_HALVINGS = 40;

/**
 * When the gain that a step promises is a smaller share of the loss, rounding hides it: the step is taken
 * unseen.
 */
const HIDDEN = 1e-11;

/** When it is smaller even than this, the step leads to where β is exact to rounding. */
const NEGLIGIBLE = 1e-20;

/**
 * Steps until the promised gain is lost in rounding, with halved steps where a full one does not improve the objective, and
 * with one curvature for several steps where that converges fast.
 * @param curvature one that is near that at the start, if there is one.
 * @throws UsageError when double precision does not find the minimum.
 * @throws InputError when the loss is not a finite number.
 */
export function descend(
  problem: Problem,
  start: Float64Array,
  { model, direction, keep, patience }: Method,
  curvature = model(problem, start),
): Minimum {
  let here = evaluate(problem, start);
  let kept = curvature;
  let isFresh = false;
  let last = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let stalled = 0;
  for (let k = 0; k < MAX_STEPS; k++) {
    if (!Number.isFinite(here.loss)) {
      throw new InputError('The features are too large for logistic regression: scale them.');
    }
    let next = direction(problem, here, kept);
    if (!isFresh && next.gain > keep * last && next.gain > NEGLIGIBLE * here.loss) {
      kept = model(problem, here.beta);
      isFresh = true;
      next = direction(problem, here, kept);
    }
    const { step, gain } = next;
    if (gain <= NEGLIGIBLE * here.loss) return { beta: moved(here.beta, step, 1), curvature: kept };
    const isHidden = gain <= HIDDEN * here.loss;
    stalled = isHidden && gain >= least / 2 ? stalled + 1 : 0;
    if (stalled >= patience) return { beta: here.beta, curvature: kept };
    least = Math.min(least, gain);
    here = isHidden ? stepFrom(problem, here, step, 1) : lineSearch(problem, here, next);
    isFresh = false;
    last = gain;
  }
  throw noMinimum(problem);
}

/** Where the first of the full, half, quarter … step leads that lowers the objective enough (Armijo's rule). */
function lineSearch(problem: Problem, from: Point, { step, gain }: Direction): Point {
  const before = from.loss + l1Penalty(problem, from.beta);
  for (let k = 0, scale = 1; k < MAX_HALVINGS; k++, scale /= 2) {
    const point = stepFrom(problem, from, step, scale);
    if (point.loss + l1Penalty(problem, point.beta) <= before - 1e-4 * scale * gain) return point;
  }
  throw noMinimum(problem);
}

function stepFrom(problem: Problem, { beta }: Point, step: Float64Array, scale: number): Point {
  return evaluate(problem, moved(beta, step, scale));
}

function moved(beta: Float64Array, step: Float64Array, scale: number): Float64Array {
  return beta.map((b, j) => b + scale * step[j]);
}

/** The part of the objective that has no gradient at 0. */
function l1Penalty({ l1 }: Problem, beta: Float64Array): number {
  if (l1 === 0) return 0;
  let sum = 0;
  for (let j = 0; j < beta.length - 1; j++) sum += Math.abs(beta[j]);
  return l1 * sum;
}

export function noMinimum({ l1, l2 }: Problem): UsageError {
  const C = 1 / (l1 + l2);
  return new UsageError(
    `Logistic regression found no minimum in double precision with C = ${C}; choose a smaller C.`,
    { C },
  );
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
