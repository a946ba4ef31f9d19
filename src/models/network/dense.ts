/**
 * What a dense layer gives: out[b][o] = bias[o] + Σᵢ weight[o][i] · in[b][i], added in the order of i, so that it equals the sum
 * written out. Two rows and four units at a time: each number that is read is used more than once (.42 ns a product and sum
 * against .70 with one row, 1.3 with one unit).
 * @param at where the layer's weights begin in `parameters`, by unit; the biases follow them.
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
  const evenRows = rows & ~1;
  const wholeUnits = units & ~3;
  for (let b = 0; b < evenRows; b += 2) {
    const x0 = b * inputs;
    const x1 = x0 + inputs;
    for (let o = 0; o < wholeUnits; o += 4) {
      const w0 = at + o * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      let s00 = parameters[biases + o];
      let s01 = parameters[biases + o + 1];
      let s02 = parameters[biases + o + 2];
      let s03 = parameters[biases + o + 3];
      let s10 = s00;
      let s11 = s01;
      let s12 = s02;
      let s13 = s03;
      for (let i = 0; i < inputs; i++) {
        const u = input[x0 + i];
        const v = input[x1 + i];
        const a = parameters[w0 + i];
        const c = parameters[w1 + i];
        const d = parameters[w2 + i];
        const e = parameters[w3 + i];
        s00 += a * u;
        s01 += c * u;
        s02 += d * u;
        s03 += e * u;
        s10 += a * v;
        s11 += c * v;
        s12 += d * v;
        s13 += e * v;
      }
      const y0 = b * units + o;
      const y1 = y0 + units;
      output[y0] = s00;
      output[y0 + 1] = s01;
      output[y0 + 2] = s02;
      output[y0 + 3] = s03;
      output[y1] = s10;
      output[y1 + 1] = s11;
      output[y1 + 2] = s12;
      output[y1 + 3] = s13;
    }
  }
  for (let b = 0; b < rows; b++) {
    for (let o = b < evenRows ? wholeUnits : 0; o < units; o++) {
      let s = parameters[biases + o];
      for (let i = 0; i < inputs; i++) s += parameters[at + o * inputs + i] * input[b * inputs + i];
      output[b * units + o] = s;
    }
  }
}
