import { dot } from './descend.ts';
import type { Point } from './objective.ts';

/** What the last steps told of the Hessian since it was computed. */
export class Corrections {
  readonly #solve: (factor: Float64Array, v: Float64Array) => Float64Array;
  #pairs: Pair[] = [];
  #factor: Float64Array | undefined;
  #last: Point | undefined;

  /** @param solve a Hessian's inverse times v, by the Hessian's factor. */
  constructor(solve: (factor: Float64Array, v: Float64Array) => Float64Array) {
    this.#solve = solve;
  }

  /** The step from here with the Hessian that has the factor. */
  step(here: Point, factor: Float64Array): Float64Array {
    if (factor !== this.#factor) this.#pairs = [];
    else if (this.#last && this.#last !== here) this.#add(this.#last, here);
    this.#factor = factor;
    this.#last = here;
    return this.#multiply(factor, here.gradient).map((x) => -x);
  }

  #add(from: Point, to: Point): void {
    const s = to.beta.map((b, j) => b - from.beta[j]);
    const y = to.gradient.map((g, j) => g - from.gradient[j]);
    const sy = dot(s, y);
    if (sy > 0) this.#pairs = [...this.#pairs.slice(1 - MOST_PAIRS), { s, y, sy }];
  }

  /** The corrected inverse Hessian times v: the two loops of L-BFGS. */
  #multiply(factor: Float64Array, v: Float64Array): Float64Array {
    const q = Float64Array.from(v);
    const alphas = this.#pairs.toReversed().map(({ s, y, sy }) => {
      const alpha = dot(s, q) / sy;
      addTo(q, -alpha, y);
      return alpha;
    });
    const product = this.#solve(factor, q);
    for (const { s, y, sy } of this.#pairs) {
      const alpha = alphas.pop() ?? 0;
      addTo(product, alpha - dot(y, product) / sy, s);
    }
    return product;
  }
}

/** A step, and the change of the gradient along it. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly sy: number;
}

const MOST_PAIRS = 20;

function addTo(sum: Float64Array, factor: number, x: Float64Array): void {
  for (let j = 0; j < sum.length; j++) sum[j] += factor * x[j];
}
