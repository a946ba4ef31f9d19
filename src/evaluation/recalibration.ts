/** logit(truth) = intercept + slope · logit(prediction). */
export interface Recalibration {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * Logistic regression of probabilities on the logits of predictions (Cox 1958, "Two further applications of a model for
 * binary regression"), by Newton's method. Predictions of 0 and 1 count as 1e-9 from
 * there.
 *
 * @param truth 0…1; outcomes will do as well.
 * @returns the fit under weights of rows, from a line that is near it; NaN where there is none, as with one prediction for
 * all rows.
 */
export function fitRecalibration(
  predictions: Float64Array,
  truth: Float64Array,
): (weights: Float64Array, from?: Recalibration) => Recalibration {
  const logits = predictions.map(clippedLogit);
  return (weights, from = FLAT) => {
    let { intercept, slope } = from;
    for (let round = 0; round < ROUNDS; round++) {
      const change = newtonStep(logits, truth, weights, intercept, slope);
      intercept += change.intercept;
      slope += change.slope;
      if (!(Math.abs(change.intercept) + Math.abs(change.slope) > 1e-9)) return { intercept, slope };
    }
    return { intercept: Number.NaN, slope: Number.NaN };
  };
}

const FLAT: Recalibration = { intercept: 0, slope: 0 };
const EDGE = 1e-9;
const ROUNDS = 30;

/** Log-odds, of a probability of 0 or 1 those of 1e-9 from there. */
export function clippedLogit(probability: number): number {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, probability));
  return Math.log(inside / (1 - inside));
}

function newtonStep(
  logits: Float64Array,
  truth: Float64Array,
  weights: Float64Array,
  intercept: number,
  slope: number,
): Recalibration {
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let i = 0; i < logits.length; i++) {
    const x = logits[i];
    const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
    const residual = weights[i] * (truth[i] - p);
    const curvature = weights[i] * p * (1 - p);
    g0 += residual;
    g1 += residual * x;
    h00 += curvature;
    h01 += curvature * x;
    h11 += curvature * x * x;
  }
  const determinant = h00 * h11 - h01 * h01;
  if (!(determinant > 1e-12 * h00 * h11)) return { intercept: Number.NaN, slope: Number.NaN };
  return {
    intercept: (h11 * g0 - h01 * g1) / determinant,
    slope: (h00 * g1 - h01 * g0) / determinant,
  };
}
