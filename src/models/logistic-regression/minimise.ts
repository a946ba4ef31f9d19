import { type ClassWeight, rowWeights } from '../class-weight.ts';
import type { Examples } from '../matrix.ts';
import type { Minimum } from './descend.ts';
import { createDesign } from './design.ts';
import { BLOCK } from './design-kernel.ts';
import { minimiseElasticNet } from './elastic-net.ts';
import { logLoss } from './loss.ts';
import { minimiseRidge } from './newton.ts';
import type { Problem } from './objective.ts';
import { fitPreparation, type Term } from './preparation.ts';

/** The terms of the examples' features, and the objective over all rows. */
export function createProblem(
  examples: Examples,
  { C, l1Ratio = 0, classWeight }: { C: number; l1Ratio?: number | undefined; classWeight: ClassWeight },
): { terms: Term[]; problem: Problem } {
  const { matrix, labels } = examples;
  const terms = fitPreparation(matrix.columns, examples.weights);
  const problem = {
    design: createDesign(terms, matrix.columns, matrix.rows, 1),
    loss: logLoss,
    labels,
    weights: rowWeights(examples, classWeight),
    l2: (1 - l1Ratio) / C,
    l1: l1Ratio / C,
    penalisesIntercept: false,
  };
  return { terms, problem };
}

/**
 * The coefficients of the terms and, last, the intercept where the objective is least.
 * @throws UsageError and InputError as `descend` does.
 */
export function minimise(
  problem: Problem,
  terms: readonly Term[],
  columns: readonly Float64Array[],
): Float64Array {
  const beta = baseRate(problem, terms.length);
  const { rows } = problem.design;
  if (rows < ROWS_PER_TERM_FOR_SAMPLE * beta.length) return method(problem)(problem, beta).beta;
  const sample = {
    ...problem,
    design: createDesign(terms, columns, rows, STRIDE),
    l2: problem.l2 / STRIDE,
    l1: problem.l1 / STRIDE,
  };
  if (!holdsBothOutcomes(sample)) return method(problem)(problem, beta).beta;
  const guess = method(problem)(sample, beta);
  const factor = problem.l1 > 0 ? STRIDE : Math.sqrt(STRIDE);
  return method(problem)(
    problem,
    guess.beta,
    guess.curvature.map((x) => factor * x),
  ).beta;
}

/**
 * From this many rows a term on, the minimum over a tenth of the blocks is found first. It and the curvature there are so
 * near to those of the whole that the whole's own curvature, the dearest part of all, is seldom needed.
 */
const ROWS_PER_TERM_FOR_SAMPLE = 200;
const STRIDE = 10;

function method({
  l1,
}: Problem): (problem: Problem, start: Float64Array, curvature?: Float64Array) => Minimum {
  return l1 > 0 ? minimiseElasticNet : minimiseRidge;
}

/** No coefficients, and the intercept of the weighted base rate. */
function baseRate({ labels, weights }: Problem, terms: number): Float64Array {
  const sums = [0, 0];
  for (let i = 0; i < labels.length; i++) sums[labels[i]] += weights[i];
  const beta = new Float64Array(terms + 1);
  beta[terms] = Math.log(sums[1] / sums[0]);
  return beta;
}

/** Whether the blocks that the problem uses hold both outcomes with weight; with one alone, the intercept has no minimum. */
function holdsBothOutcomes({ labels, weights, design: { starts } }: Problem): boolean {
  const seen = new Set<number>();
  for (const start of starts) {
    for (let i = start; i < Math.min(start + BLOCK, labels.length); i++)
      if (weights[i] > 0) seen.add(labels[i]);
    if (seen.size === 2) return true;
  }
  return false;
}
