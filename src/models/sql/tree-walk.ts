import type { Tree } from '../tree/tree.ts';
import { double } from './number.ts';

/** Trees with at most this many leaves are a CASE altogether; of others the top of this depth is. */
const LEAVES_IN_CASE = 32;
const TOP_DEPTH = 4;

/** The nodes that a row can be at after some tests, by place; leaves stay among them. */
export interface TreeLevel {
  /** Place of the value to test in the list of all left and then all right columns. */
  readonly inputs: readonly number[];
  /** Infinite at a leaf, so that its one child comes next. */
  readonly thresholds: readonly number[];
  /** Place of the left child; the right one stands behind it. */
  readonly children: readonly number[];
}

/** A tree in the form that SQL walks it. */
export interface TreeWalk {
  /** The prediction where there are no levels, else the place of the node that a row is at. */
  readonly top: (tests: TestColumns) => string;
  readonly levels: readonly TreeLevel[];
  /** Predictions by place after the last level. */
  readonly leaves: readonly number[];
}

/** Beginnings of the names of the columns to test, which end in the feature's number. */
export interface TestColumns {
  readonly left: string;
  readonly right: string;
}

/** Whether a tree is too large to be a CASE altogether. */
export function isDeep({ feature }: Tree): boolean {
  return feature.filter((f) => f < 0).length > LEAVES_IN_CASE;
}

/** @param firstPlace of a list. */
export function treeWalk(tree: Tree, features: number, firstPlace: 0 | 1): TreeWalk {
  if (!isDeep(tree)) {
    return {
      top: (tests) =>
        caseOf(tree, 0, tests, (node) => (tree.feature[node] < 0 ? double(tree.value[node]) : undefined)),
      levels: [],
      leaves: [],
    };
  }
  let nodes = [0];
  for (let depth = 0; depth < TOP_DEPTH; depth++) nodes = nodes.flatMap((node) => childrenOf(tree, node));
  const places = new Map(nodes.map((node, place) => [node, String(place + firstPlace)]));
  const levels: TreeLevel[] = [];
  while (nodes.some((node) => tree.feature[node] >= 0)) {
    levels.push(levelOf(tree, nodes, features, firstPlace));
    nodes = nodes.flatMap((node) => childrenOf(tree, node));
  }
  return {
    top: (tests) => caseOf(tree, 0, tests, (node) => places.get(node)),
    levels,
    leaves: nodes.map((node) => tree.value[node]),
  };
}

/** The node itself where it is a leaf. */
function childrenOf(tree: Tree, node: number): number[] {
  return tree.feature[node] < 0 ? [node] : [node + 1, tree.right[node]];
}

function levelOf(tree: Tree, nodes: readonly number[], features: number, firstPlace: 0 | 1): TreeLevel {
  let next = firstPlace;
  const children = nodes.map((node) => {
    const place = next;
    next += childrenOf(tree, node).length;
    return place;
  });
  const isLeaf = (node: number) => tree.feature[node] < 0;
  return {
    inputs: nodes.map((node) =>
      isLeaf(node) ? firstPlace : firstPlace + tree.feature[node] + tree.missing[node] * features,
    ),
    thresholds: nodes.map((node) => (isLeaf(node) ? Number.POSITIVE_INFINITY : tree.threshold[node])),
    children,
  };
}

function caseOf(
  tree: Tree,
  node: number,
  tests: TestColumns,
  result: (node: number) => string | undefined,
): string {
  const end = result(node);
  if (end !== undefined) return end;
  const left = caseOf(tree, node + 1, tests, result);
  const right = caseOf(tree, tree.right[node], tests, result);
  return `case when ${testSql(tree, node, tests)} then ${left} else ${right} end`;
}

/** Whether a row goes left. A missing value is −∞ on the left, where a set holds that too. */
function testSql(tree: Tree, node: number, tests: TestColumns): string {
  const missingRight = tree.missing[node] === 1;
  const column = `${missingRight ? tests.right : tests.left}${tree.feature[node]}`;
  const set = tree.sets?.[node];
  if (!set) return `${column} <= ${double(tree.threshold[node])}`;
  const members = missingRight ? set : [Number.NEGATIVE_INFINITY, ...set];
  return members.length === 0 ? 'false' : `${column} in (${members.map(double).join(', ')})`;
}
