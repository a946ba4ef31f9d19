import type { Tree } from '../tree/tree.ts';
import { byteTensor, doubleTensor, everyRow, type Graph, type Value } from './graph.ts';

/** Modes of a node in TreeEnsemble. */
const AT_MOST = 0;
const MEMBER = 6;

/** TreeEnsemble's numbers of aggregations. */
const SUM = 1;

/**
 * The sum of `first` and of what trees predict, [rows, 1], by TreeEnsemble of ai.onnx.ml 5, which compares and adds doubles: the
 * leaf that a row falls into is the very one that it falls into here. Trees of one leaf are added to `first`: TreeEnsemble has no
 * root that is a leaf.
 * @param features [rows, features], NaN where missing.
 */
export function treeSum(
  graph: Graph,
  { trees, first }: { readonly trees: readonly Tree[]; readonly first: number },
  features: Value,
): Value {
  const isLeaf = ({ feature }: Tree) => feature.length === 1;
  const constant = trees.filter(isLeaf).reduce((sum, { value }) => sum + value[0], first);
  const grown = trees.filter((tree) => !isLeaf(tree));
  if (grown.length === 0) return everyRow(graph, constant, features);
  return graph.apply('Add', [graph.doubles([constant]), treeEnsemble(graph, grown, features)]);
}

function treeEnsemble(graph: Graph, trees: readonly Tree[], features: Value): Value {
  const table = tabulate(trees);
  const members = table.sets.flatMap((set) => (set === null ? [] : [...set, Number.NaN]));
  return graph.apply(
    'TreeEnsemble',
    [features],
    {
      n_targets: 1,
      aggregate_function: SUM,
      post_transform: 0,
      tree_roots: table.roots,
      nodes_modes: byteTensor(table.sets.map((set) => (set === null ? AT_MOST : MEMBER))),
      nodes_featureids: table.feature,
      nodes_splits: doubleTensor(table.threshold),
      nodes_missing_value_tracks_true: table.missing.map((side) => 1 - side),
      nodes_truenodeids: table.left.map(({ id }) => id),
      nodes_trueleafs: table.left.map(({ isLeaf }) => Number(isLeaf)),
      nodes_falsenodeids: table.right.map(({ id }) => id),
      nodes_falseleafs: table.right.map(({ isLeaf }) => Number(isLeaf)),
      leaf_targetids: table.values.map(() => 0),
      leaf_weights: doubleTensor(table.values),
      ...(members.length === 0 ? {} : { membership_values: doubleTensor(members) }),
    },
    'ai.onnx.ml',
  );
}

/** A node or a leaf, by its place among its kind. */
interface Child {
  readonly id: number;
  readonly isLeaf: boolean;
}

/** The inner nodes of all trees, and their leaves apart. */
interface TreeTable {
  readonly roots: number[];
  readonly feature: number[];
  readonly threshold: number[];
  /** Null where a number is tested. */
  readonly sets: (readonly number[] | null)[];
  readonly missing: number[];
  readonly left: Child[];
  readonly right: Child[];
  /** By leaf. */
  readonly values: number[];
}

function tabulate(trees: readonly Tree[]): TreeTable {
  const table: TreeTable = {
    ...{ roots: [], feature: [], threshold: [], sets: [], missing: [], left: [], right: [], values: [] },
  };
  for (const tree of trees) {
    table.roots.push(table.feature.length);
    const place = placesOf(tree, table);
    const child = (node: number): Child => ({ id: place[node], isLeaf: tree.feature[node] < 0 });
    tree.feature.forEach((feature, node) => {
      if (feature < 0) {
        table.values.push(tree.value[node]);
        return;
      }
      const { threshold, sets, missing, right } = tree;
      addNode(
        table,
        feature,
        threshold[node],
        sets?.[node] ?? null,
        missing[node],
        child(node + 1),
        child(right[node]),
      );
    });
  }
  return table;
}

/** The place that each node of a tree will have: inner nodes among the nodes, leaves among the leaves. */
function placesOf(tree: Tree, { feature, values }: TreeTable): number[] {
  let node = feature.length;
  let leaf = values.length;
  return tree.feature.map((tested) => (tested < 0 ? leaf++ : node++));
}

/** A test of a category against no level at all, which ONNX Runtime refuses, is one against a number below all codes. */
function addNode(
  table: TreeTable,
  feature: number,
  threshold: number,
  set: readonly number[] | null,
  missing: number,
  left: Child,
  right: Child,
): void {
  table.feature.push(feature);
  const isEmpty = set?.length === 0;
  table.threshold.push(isEmpty ? -1 : threshold);
  table.sets.push(isEmpty ? null : set);
  table.missing.push(missing);
  table.left.push(left);
  table.right.push(right);
}
