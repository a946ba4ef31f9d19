import { type ClassWeight, rowWeights } from '../class-weight.ts';
import { createDesign } from '../logistic-regression/design.ts';
import { squaredHinge } from '../logistic-regression/loss.ts';
import { minimiseRidge } from '../logistic-regression/newton.ts';
import { fitPreparation, type Term } from '../logistic-regression/preparation.ts';
import type { Examples } from '../matrix.ts';

/** score = intercept + Σ coefficient · term; positive on the side of label 1. */
export interface Hyperplane {
  readonly terms: readonly Term[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

/** Where ½ (‖w‖² + b²) + C Σ weight · max(0, 1 − margin)² is least, by Newton's method (Keerthi and DeCoste 2005). */
export function fitHyperplane(
  examples: Examples,
  { C, classWeight }: { readonly C: number; readonly classWeight: ClassWeight },
): Hyperplane {
  const { matrix, labels } = examples;
  const terms = fitPreparation(matrix.columns, examples.weights);
  const problem = {
    design: createDesign(terms, matrix.columns, matrix.rows, 1),
    loss: squaredHinge,
    labels,
    weights: rowWeights(examples, classWeight),
    l2: 1 / C,
    l1: 0,
    penalisesIntercept: true,
  };
  const { beta } = minimiseRidge(problem, new Float64Array(terms.length + 1));
  return {
    terms,
    coefficients: Array.from(beta.subarray(0, terms.length)),
    intercept: beta[terms.length],
  };
}
