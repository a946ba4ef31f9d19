/** The moments' decay and the least divisor, as Kingma and Ba propose them. */
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019): steps of the learning rate times the
 * gradient's running mean over the root of its running square, both corrected for their start at 0.
 */
export class Adam {
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  /** BETA1 and BETA2 to the power of the steps taken: as products, for no platform's Math.pow to decide the bytes. */
  #power1 = 1;
  #power2 = 1;

  constructor(size: number) {
    this.#mean = new Float64Array(size);
    this.#square = new Float64Array(size);
  }

  /**
   * Takes one step.
   * @param decays 1 where weight decay applies: to weights, not to biases.
   */
  step(
    parameters: Float64Array,
    gradient: Float64Array,
    learningRate: number,
    weightDecay: number,
    decays: Uint8Array,
  ): void {
    const mean = this.#mean;
    const square = this.#square;
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
    const rate = (learningRate * Math.sqrt(1 - this.#power2)) / (1 - this.#power1);
    const shrink = learningRate * weightDecay;
    for (let k = 0; k < parameters.length; k++) {
      const g = gradient[k];
      const m = BETA1 * mean[k] + (1 - BETA1) * g;
      const v = BETA2 * square[k] + (1 - BETA2) * g * g;
      mean[k] = m;
      square[k] = v;
      parameters[k] -= (rate * m) / (Math.sqrt(v) + EPSILON) + shrink * decays[k] * parameters[k];
    }
  }
}
