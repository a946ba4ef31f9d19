/** Neighbouring rows that isotonic regression gives one value. */
export interface Block {
  /** Mean x of its rows. */
  readonly x: number;
  /** Mean y of its rows. */
  readonly y: number;
  readonly weight: number;
}

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955; Barlow et al. 1972): the rising step function with the least
 * weighted squared error, as its steps from left to right. Rows with one x share a block.
 * @param weights none negative; rows that count nothing are left out.
 */
export function poolAdjacent(x: Float64Array, y: ArrayLike<number>, weights: ArrayLike<number>): Block[] {
  const order = Int32Array.from(x.keys()).sort((a, b) => x[a] - x[b] || a - b);
  const blocks: Block[] = [];
  for (let i = 0; i < order.length; ) {
    const at = x[order[i]];
    let [sum, weight] = [0, 0];
    for (; i < order.length && x[order[i]] === at; i++) {
      sum += weights[order[i]] * y[order[i]];
      weight += weights[order[i]];
    }
    if (weight === 0) continue;
    let last: Block = { x: at, y: sum / weight, weight };
    for (let below = blocks.at(-1); below !== undefined && below.y >= last.y; below = blocks.at(-1)) {
      last = pooled(below, last);
      blocks.pop();
    }
    blocks.push(last);
  }
  return blocks;
}

function pooled(a: Block, b: Block): Block {
  const weight = a.weight + b.weight;
  const mean = (p: number, q: number) => (a.weight * p + b.weight * q) / weight;
  return { x: mean(a.x, b.x), y: mean(a.y, b.y), weight };
}
