import { MAX_TREE_DEPTH, type Tree } from '../models/tree/tree.ts';
import type { AttributionKernel } from './attribution-kernel.ts';
import { leafPaths } from './leaf-paths.ts';
import { type Subtree, subtreesOf } from './subtrees.ts';
import { markWay, type NodeTest, type PreparedRows, type Stretch } from './tree-tests.ts';

/** Rows that walk a tree together: what is gathered of them, and the sums that they add to, stay in the cache. */
export const CHUNK = 4096;

/** A tree as rows walk it. */
export interface WalkedTree {
  readonly tree: Tree;
  readonly tests: readonly (NodeTest | undefined)[];
  /** By inner node: the bit of the condition that it tests. */
  readonly bits: Int32Array;
  readonly subtrees: ReadonlyMap<number, Subtree>;
}

/** What it allocates in the rows' kernel may be released once the tree has been walked. */
export function walkedTree(tree: Tree, rows: PreparedRows): WalkedTree {
  const paths = leafPaths(tree);
  return {
    tree,
    tests: tree.feature.map((feature, i) => (feature < 0 ? undefined : rows.testOf(tree, i))),
    bits: paths.condition.map((k) => 1 << k),
    subtrees: subtreesOf(tree, paths),
  };
}

/** Gathers the patterns of rows, chunk by chunk; what it hands out is overwritten by the next subtree. */
export class SubtreeWalk {
  /** Where the rows' patterns stand. */
  readonly patterns: number;
  readonly #kernel: AttributionKernel;
  /** By depth: where the conditions that rows break stand. */
  readonly #broken: readonly number[];
  readonly #scratch: number;

  constructor(kernel: AttributionKernel) {
    this.#kernel = kernel;
    this.patterns = kernel.allocate(CHUNK * 4);
    this.#scratch = kernel.allocate(CHUNK * 4);
    this.#broken = Array.from({ length: MAX_TREE_DEPTH + 1 }, () => kernel.allocate(CHUNK * 4));
  }

  /**
   * Visits every subtree when the pattern of each row start … start + size − 1 is there: the conditions that it breaks on the
   * path to the subtree, and the outcomes of the tests inside.
   * @param size a multiple of four.
   */
  walk(walked: WalkedTree, start: number, size: number, visit: (subtree: Subtree) => void): void {
    const { bytes } = this.#kernel;
    bytes.fill(0, this.#broken[0], this.#broken[0] + size * 4);
    this.#walkFrom(walked, 0, 0, { start, size, scratch: this.#scratch }, visit);
  }

  #walkFrom(
    walked: WalkedTree,
    node: number,
    depth: number,
    rows: Stretch,
    visit: (subtree: Subtree) => void,
  ): void {
    const { tree, bits, subtrees } = walked;
    const broken = this.#broken[depth];
    const subtree = subtrees.get(node);
    if (subtree) {
      this.#gather(walked, subtree, broken, rows);
      visit(subtree);
      return;
    }
    const test = testAt(walked, node);
    const below = this.#broken[depth + 1];
    markWay(this.#kernel, test, 'right', rows, bits[node], broken, below);
    this.#walkFrom(walked, node + 1, depth + 1, rows, visit);
    markWay(this.#kernel, test, 'left', rows, bits[node], broken, below);
    this.#walkFrom(walked, tree.right[node], depth + 1, rows, visit);
  }

  #gather(walked: WalkedTree, { conditions, inner }: Subtree, broken: number, rows: Stretch): void {
    const { patterns } = this;
    if (inner.length === 0) this.#kernel.bytes.copyWithin(patterns, broken, broken + rows.size * 4);
    inner.forEach((node, j) => {
      const before = j === 0 ? broken : patterns;
      markWay(this.#kernel, testAt(walked, node), 'right', rows, 1 << (conditions + j), before, patterns);
    });
  }
}

function testAt({ tests }: WalkedTree, node: number): NodeTest {
  const test = tests[node];
  if (!test) throw new Error(`Node ${node} is a leaf, which tests nothing.`);
  return test;
}
