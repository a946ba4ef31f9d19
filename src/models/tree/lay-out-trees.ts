import { wholeLines } from './kernel-memory.ts';
import type { PredictionKernel, TreesAndBlock } from './prediction-kernel.ts';
import { type TestedNumber, testedCategories, testedNumbers } from './tested-features.ts';
import type { Tree } from './tree.ts';
import { type BlockCategory, type BlockNumber, bytesOfNodes, RECORD, TreeWriter } from './tree-writer.ts';

/** Trees in the memory of a kernel, and room for a block of the rows that walk them. */
export interface LaidOutTrees extends TreesAndBlock {
  /** Of the kernel: at another one they are gone. */
  readonly generation: number;
  /** Rows that the block and the sums hold, a multiple of eight. */
  readonly rows: number;
  readonly numbers: readonly BlockNumber[];
  readonly categories: readonly BlockCategory[];
}

/** Lays trees out as `kernel/prediction/` reads them. @throws EngineError where memory does not hold them. */
export function layOutTrees(kernel: PredictionKernel, trees: readonly Tree[]): LaidOutTrees {
  const tested = testedNumbers(trees);
  const levels = testedCategories(trees);
  const tests = trees.map(({ sets }) => sets?.reduce((count, set) => count + (set ? 1 : 0), 0) ?? 0);
  const numberColumns = tested.reduce((count, one) => count + columnsOf(one), 0);
  const columns = 1 + numberColumns + largest(tests);
  const rows = rowsOfBlock(columns);
  const stride = wholeLines(rows * 8 + 1);
  const allTests = tests.reduce((sum, count) => sum + count, 0);
  const at = kernel.allocate({
    nodes: trees.reduce((sum, tree) => sum + bytesOfNodes(tree), 0),
    trees: trees.length * RECORD,
    tests: allTests * RECORD,
    sides: allTests * (largest(levels.map(({ others }) => others)) + 2),
    codes: levels.length * rows * 4,
    block: columns * stride,
    sums: rows * 8,
  });
  const { block } = at;
  kernel.numbers.fill(Number.NaN, block / 8, (block + stride) / 8);
  const numbers = placeNumbers(tested, block + stride, stride);
  const categories = levels.map((one, k) => ({ ...one, codes: at.codes + k * rows * 4 }));
  const testColumns = { first: (1 + numberColumns) * stride, stride };
  const writer = new TreeWriter(kernel, at, { numbers, categories, testColumns });
  for (const tree of trees) writer.write(tree);
  return {
    ...{ generation: kernel.generation, trees: at.trees, count: trees.length },
    ...{ block, rows, sums: at.sums, numbers, categories },
  };
}

/** What the second cache holds beside a tree. With 400 features, blocks of 2¹⁶ bytes have half as many rows a second, and 2¹⁹ no more. */
const BLOCK_BYTES = 2 ** 18;

const MOST_ROWS = 256;

function rowsOfBlock(columns: number): number {
  const fitting = Math.floor(BLOCK_BYTES / (columns * 64)) * 8;
  return Math.min(Math.max(fitting, 8), MOST_ROWS);
}

function columnsOf({ isSentLeft, isSentRight }: TestedNumber): number {
  return (isSentLeft ? 1 : 0) + (isSentRight ? 1 : 0);
}

function placeNumbers(numbers: readonly TestedNumber[], first: number, stride: number): BlockNumber[] {
  let next = first;
  return numbers.map((one) => {
    const address = next;
    next += columnsOf(one) * stride;
    return { feature: one.feature, address, right: one.isSentRight ? next - stride : undefined };
  });
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), 0);
}
