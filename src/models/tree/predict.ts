import { type LaidOutTrees, layOutTrees } from './lay-out-trees.ts';
import { PredictionKernel } from './prediction-kernel.ts';
import type { Tree } from './tree.ts';

/**
 * Adds to `sums[i]` what every tree predicts for row i, tree after tree.
 * @param columns the trees' features, by column.
 * @throws EngineError where memory does not hold the trees.
 */
export function sumTrees(trees: readonly Tree[], columns: readonly Float64Array[], sums: Float64Array): void {
  if (trees.length === 0 || sums.length === 0) return;
  kernel ??= new PredictionKernel();
  const laidOut = laidOutTrees(kernel, trees);
  const own = laidOut.sums / 8;
  for (let start = 0; start < sums.length; start += laidOut.rows) {
    const part = sums.subarray(start, start + laidOut.rows);
    fillNumbers(kernel, laidOut, columns, start, part.length);
    fillCodes(kernel, laidOut, columns, start, part.length);
    kernel.numbers.set(part, own);
    kernel.addTrees(laidOut, part.length);
    part.set(kernel.numbers.subarray(own, own + part.length));
  }
}

/** One a thread. */
let kernel: PredictionKernel | undefined;

/** Explanations ask the same trees hundreds of times. */
const known = new WeakMap<readonly Tree[], LaidOutTrees>();

function laidOutTrees(kernel: PredictionKernel, trees: readonly Tree[]): LaidOutTrees {
  const before = known.get(trees);
  if (before?.generation === kernel.generation) return before;
  const laidOut = layOutTrees(kernel, trees);
  known.set(trees, laidOut);
  return laidOut;
}

/** Rows that fill up eight are the last one again, so that they walk no further than it does. */
function fillNumbers(
  kernel: PredictionKernel,
  laidOut: LaidOutTrees,
  columns: readonly Float64Array[],
  start: number,
  size: number,
): void {
  const { numbers } = kernel;
  for (const { feature, address, right } of laidOut.numbers) {
    const column = columns[feature];
    const at = address / 8;
    for (let i = 0; i < size; i++) numbers[at + i] = column[start + i];
    for (let i = size; i & 7; i++) numbers[at + i] = column[start + size - 1];
    if (right !== undefined) kernel.sendMissingRight(address, right, size);
  }
}

function fillCodes(
  { codes }: PredictionKernel,
  { categories }: LaidOutTrees,
  columns: readonly Float64Array[],
  start: number,
  size: number,
): void {
  for (const { feature, others, codes: address } of categories) {
    const column = columns[feature];
    const at = address / 4;
    for (let i = 0; i < size; i++) {
      const x = column[start + i];
      const code = x >= 0 && x < others ? x : others;
      codes[at + i] = Number.isNaN(x) ? others + 1 : code;
    }
  }
}
