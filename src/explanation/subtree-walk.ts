import type { Tree } from '../models/tree/tree.ts';
import { leafPaths } from './leaf-paths.ts';
import { type Subtree, subtreesOf } from './subtrees.ts';
import { fillOutcomes, markOutcomes, type NodeTest, type PreparedRows } from './tree-tests.ts';

/** Rows that walk a tree together: what is gathered of them stays in the cache. */
export const CHUNK = 32_768;

/** A tree as rows walk it. */
export interface WalkedTree {
  readonly tree: Tree;
  readonly tests: readonly (NodeTest | undefined)[];
  /** By inner node: the bit of the condition that it tests. */
  readonly bits: Int32Array;
  readonly subtrees: ReadonlyMap<number, Subtree>;
}

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
  readonly #patterns = new Int32Array(CHUNK);
  readonly #levels: { readonly broken: Int32Array; readonly outcomes: Uint8Array }[] = [];

  /**
   * Visits every subtree with the pattern of each row start … start + size − 1: the conditions that it breaks on the path
   * to the subtree, and the outcomes of the tests inside.
   */
  walk(
    walked: WalkedTree,
    start: number,
    size: number,
    visit: (subtree: Subtree, patterns: Int32Array) => void,
  ): void {
    this.#level(0).broken.fill(0, 0, size);
    this.#walkFrom(walked, 0, 0, start, size, visit);
  }

  #walkFrom(
    walked: WalkedTree,
    node: number,
    depth: number,
    start: number,
    size: number,
    visit: (subtree: Subtree, patterns: Int32Array) => void,
  ): void {
    const subtree = walked.subtrees.get(node);
    if (subtree) {
      this.#gather(walked, subtree, this.#level(depth).broken, start, size);
      visit(subtree, this.#patterns);
      return;
    }
    const { broken, outcomes } = this.#level(depth);
    const below = this.#level(depth + 1).broken;
    fillOutcomes(testAt(walked, node), start, size, outcomes);
    breakWhere(broken, outcomes, 1, walked.bits[node], below, size);
    this.#walkFrom(walked, node + 1, depth + 1, start, size, visit);
    breakWhere(broken, outcomes, 0, walked.bits[node], below, size);
    this.#walkFrom(walked, walked.tree.right[node], depth + 1, start, size, visit);
  }

  #gather(
    walked: WalkedTree,
    { conditions, inner }: Subtree,
    broken: Int32Array,
    start: number,
    size: number,
  ): void {
    const patterns = this.#patterns;
    patterns.set(broken.subarray(0, size));
    inner.forEach((node, j) => {
      markOutcomes(testAt(walked, node), start, size, 1 << (conditions + j), patterns);
    });
  }

  #level(depth: number): { readonly broken: Int32Array; readonly outcomes: Uint8Array } {
    this.#levels[depth] ??= { broken: new Int32Array(CHUNK), outcomes: new Uint8Array(CHUNK) };
    return this.#levels[depth];
  }
}

function testAt({ tests }: WalkedTree, node: number): NodeTest {
  const test = tests[node];
  if (!test) throw new Error(`Node ${node} is a leaf, which tests nothing.`);
  return test;
}

/** Sets the bit for rows with the outcome. */
function breakWhere(
  before: Int32Array,
  outcomes: Uint8Array,
  outcome: 0 | 1,
  bit: number,
  after: Int32Array,
  size: number,
): void {
  const flip = 1 - outcome;
  for (let i = 0; i < size; i++) after[i] = before[i] | (-(outcomes[i] ^ flip) & bit);
}
