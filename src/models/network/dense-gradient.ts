/**
 * Adds to `gradient` what the slopes of a layer's outputs mean for its weights and biases: Σ_b slope[b][o] · in[b][i]. Four rows and
 * two units at a time.
 * @param at where the layer's parameters begin in `gradient`, as in `denseForward`.
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
  const wholeRows = rows & ~3;
  const evenUnits = units & ~1;
  for (let b = 0; b < wholeRows; b += 4) {
    const x0 = b * inputs;
    const x1 = x0 + inputs;
    const x2 = x1 + inputs;
    const x3 = x2 + inputs;
    for (let o = 0; o < evenUnits; o += 2) {
      const y0 = b * units + o;
      const y1 = y0 + units;
      const y2 = y1 + units;
      const y3 = y2 + units;
      const d0 = slopes[y0];
      const d1 = slopes[y1];
      const d2 = slopes[y2];
      const d3 = slopes[y3];
      const e0 = slopes[y0 + 1];
      const e1 = slopes[y1 + 1];
      const e2 = slopes[y2 + 1];
      const e3 = slopes[y3 + 1];
      const w0 = at + o * inputs;
      const w1 = w0 + inputs;
      for (let i = 0; i < inputs; i++) {
        const p = input[x0 + i];
        const q = input[x1 + i];
        const r = input[x2 + i];
        const s = input[x3 + i];
        gradient[w0 + i] += d0 * p + d1 * q + d2 * r + d3 * s;
        gradient[w1 + i] += e0 * p + e1 * q + e2 * r + e3 * s;
      }
    }
  }
  for (let b = 0; b < rows; b++) {
    for (let o = b < wholeRows ? evenUnits : 0; o < units; o++) {
      const d = slopes[b * units + o];
      for (let i = 0; i < inputs; i++) gradient[at + o * inputs + i] += d * input[b * inputs + i];
    }
  }
  const biases = at + units * inputs;
  for (let b = 0; b < rows; b++) {
    for (let o = 0; o < units; o++) gradient[biases + o] += slopes[b * units + o];
  }
}

/**
 * Writes what the slopes of a layer's outputs mean for its inputs: Σₒ slope[b][o] · weight[o][i]. Two rows and four units at a time.
 */
export function denseInputSlopes(
  slopes: Float64Array,
  rows: number,
  units: number,
  parameters: Float64Array,
  at: number,
  inputs: number,
  below: Float64Array,
): void {
  const evenRows = rows & ~1;
  const wholeUnits = units & ~3;
  below.fill(0, 0, rows * inputs);
  for (let b = 0; b < evenRows; b += 2) {
    const x0 = b * inputs;
    const x1 = x0 + inputs;
    for (let o = 0; o < wholeUnits; o += 4) {
      const y0 = b * units + o;
      const y1 = y0 + units;
      const d0 = slopes[y0];
      const d1 = slopes[y0 + 1];
      const d2 = slopes[y0 + 2];
      const d3 = slopes[y0 + 3];
      const e0 = slopes[y1];
      const e1 = slopes[y1 + 1];
      const e2 = slopes[y1 + 2];
      const e3 = slopes[y1 + 3];
      const w0 = at + o * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      for (let i = 0; i < inputs; i++) {
        const p = parameters[w0 + i];
        const q = parameters[w1 + i];
        const r = parameters[w2 + i];
        const s = parameters[w3 + i];
        below[x0 + i] += d0 * p + d1 * q + d2 * r + d3 * s;
        below[x1 + i] += e0 * p + e1 * q + e2 * r + e3 * s;
      }
    }
  }
  for (let b = 0; b < rows; b++) {
    for (let o = b < evenRows ? wholeUnits : 0; o < units; o++) {
      const d = slopes[b * units + o];
      for (let i = 0; i < inputs; i++) below[b * inputs + i] += d * parameters[at + o * inputs + i];
    }
  }
}
