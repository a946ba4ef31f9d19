/**
 * What a dense layer gives: out[b][o] = bias[o] + Σᵢ weight[o][i] · in[b][i], added in the order of i, so that it equals
 * the sum written out. All arrays are row-major.
 * @param at where the layer's weights begin in `parameters`; the biases follow them.
 */
export function denseForward(
  input: Float64Array,
  rows: number,
  inputs: number,
  parameters: Float64Array,
  at: number,
  units: number,
  output: Float64Array,
): void {
  const biases = at + units * inputs;
  const whole = units & ~3;
  for (let b = 0; b < rows; b++) {
    const x = b * inputs;
    const y = b * units;
    for (let o = 0; o < whole; o += 4) {
      let s0 = parameters[biases + o];
      let s1 = parameters[biases + o + 1];
      let s2 = parameters[biases + o + 2];
      let s3 = parameters[biases + o + 3];
      const w0 = at + o * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      for (let i = 0; i < inputs; i++) {
        const v = input[x + i];
        s0 += parameters[w0 + i] * v;
        s1 += parameters[w1 + i] * v;
        s2 += parameters[w2 + i] * v;
        s3 += parameters[w3 + i] * v;
      }
      output[y + o] = s0;
      output[y + o + 1] = s1;
      output[y + o + 2] = s2;
      output[y + o + 3] = s3;
    }
    for (let o = whole; o < units; o++) {
      let s = parameters[biases + o];
      const w = at + o * inputs;
      for (let i = 0; i < inputs; i++) s += parameters[w + i] * input[x + i];
      output[y + o] = s;
    }
  }
}

/**
 * Adds to `gradient` what the slopes of a layer's outputs mean for its weights and biases: Σ_b slope[b][o] · in[b][i]. Four rows at
 * a time, so that each weight is read and written once for four.
 */
export function denseWeightGradient(
  input: Float64Array,
  rows: number,
  inputs: number,
  slopes: Float64Array,
  units: number,
  gradient: Float64Array,
  at: number,
): void {
  const biases = at + units * inputs;
  const whole = rows & ~3;
  for (let b = 0; b < whole; b += 4) {
    const x0 = b * inputs;
    const x1 = x0 + inputs;
    const x2 = x1 + inputs;
    const x3 = x2 + inputs;
    for (let o = 0; o < units; o++) {
      const y = b * units + o;
      const d0 = slopes[y];
      const d1 = slopes[y + units];
      const d2 = slopes[y + 2 * units];
      const d3 = slopes[y + 3 * units];
      gradient[biases + o] += d0 + d1 + d2 + d3;
      const w = at + o * inputs;
      for (let i = 0; i < inputs; i++) {
        gradient[w + i] += d0 * input[x0 + i] + d1 * input[x1 + i] + d2 * input[x2 + i] + d3 * input[x3 + i];
      }
    }
  }
  for (let b = whole; b < rows; b++) {
    const x = b * inputs;
    for (let o = 0; o < units; o++) {
      const d = slopes[b * units + o];
      gradient[biases + o] += d;
      const w = at + o * inputs;
      for (let i = 0; i < inputs; i++) gradient[w + i] += d * input[x + i];
    }
  }
}

/** Writes what the slopes of a layer's outputs mean for its inputs: Σₒ slope[b][o] · weight[o][i]. */
export function denseInputSlopes(
  slopes: Float64Array,
  rows: number,
  units: number,
  parameters: Float64Array,
  at: number,
  inputs: number,
  below: Float64Array,
): void {
  const whole = units & ~3;
  below.fill(0, 0, rows * inputs);
  for (let b = 0; b < rows; b++) {
    const x = b * inputs;
    const y = b * units;
    for (let o = 0; o < whole; o += 4) {
      const d0 = slopes[y + o];
      const d1 = slopes[y + o + 1];
      const d2 = slopes[y + o + 2];
      const d3 = slopes[y + o + 3];
      const w0 = at + o * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      for (let i = 0; i < inputs; i++) {
        below[x + i] +=
          d0 * parameters[w0 + i] +
          d1 * parameters[w1 + i] +
          d2 * parameters[w2 + i] +
          d3 * parameters[w3 + i];
      }
    }
    for (let o = whole; o < units; o++) {
      const d = slopes[y + o];
      const w = at + o * inputs;
      for (let i = 0; i < inputs; i++) below[x + i] += d * parameters[w + i];
    }
  }
}
