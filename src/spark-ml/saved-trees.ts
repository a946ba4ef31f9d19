import { randomUUID } from 'node:crypto';
import type { MlHandle } from '../engine/spark/connect/ml-plan.ts';
import { EngineError } from '../errors.ts';
import type { Term } from '../models/logistic-regression/preparation.ts';
import { type Tree, treeProblem } from '../models/tree/tree.ts';
import { numbersOf } from '../table/table.ts';
import type { FitContext } from './learner.ts';
import type { TrainingSet } from './training-set.ts';

/** What a leaf of a saved tree holds. */
export interface SavedLeaf {
  readonly tree: number;
  /** What Spark's tree predicts: of a regression the mean. */
  readonly prediction: number;
  /** The first two of the sums that its impurity is made of: of a classification the weights of the classes. */
  readonly sums: readonly [number, number];
}

/**
 * The trees of a fitted ensemble, over the features. Spark gives away the weights in leaves only in files: the model is
 * written to the work location and its nodes are read from there.
 * @param predictionOf what a leaf predicts.
 * @throws EngineError when what is read is no tree.
 */
export async function savedTrees(
  model: MlHandle,
  { session, terms, features }: TrainingSet,
  predictionOf: (leaf: SavedLeaf) => number,
  { workLocation, signal }: FitContext,
): Promise<Tree[]> {
  const path = `${workLocation.replace(/\/$/, '')}/model-${randomUUID()}`;
  await session.ml.write(model, path, { signal });
  const saved = session.read({ format: 'parquet', paths: [`${path}/data`] });
  const table = await session.collect(session.sql(NODES, {}, { saved }), { signal });
  const column = (name: string) => numbersOf(table, name);
  const nodes: Nodes = {
    tree: column('tree'),
    left: column('l'),
    right: column('r'),
    term: column('term'),
    threshold: column('threshold'),
    prediction: column('prediction'),
    sum0: column('sum0'),
    sum1: column('sum1'),
    count: column('n'),
  };
  return rootsOf(nodes).map((root) => checked(treeOf(nodes, root, terms, predictionOf), features.length));
}

const NODES = `select treeID as tree, nodeData.leftChild as l, nodeData.rightChild as r,
  nodeData.split.featureIndex as term, get(nodeData.split.leftCategoriesOrThreshold, 0) as threshold,
  nodeData.prediction as prediction, nodeData.impurityStats[0] as sum0, nodeData.impurityStats[1] as sum1,
  nodeData.rawCount as n from saved order by treeID, nodeData.id`;

/** By row: node i of a tree stands i rows behind the tree's first. */
type Nodes = Readonly<
  Record<
    'tree' | 'left' | 'right' | 'term' | 'threshold' | 'prediction' | 'sum0' | 'sum1' | 'count',
    Float64Array
  >
>;

/** The first row of each tree. */
function rootsOf({ tree }: Nodes): number[] {
  return Array.from(tree.keys()).filter((row) => row === 0 || tree[row] !== tree[row - 1]);
}

function treeOf(
  nodes: Nodes,
  root: number,
  terms: readonly Term[],
  predictionOf: (leaf: SavedLeaf) => number,
): Tree {
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    missing: [] as number[],
    right: [] as number[],
    value: [] as number[],
    cover: [] as number[],
  };
  const add = (row: number): void => {
    const at = tree.feature.length;
    const isLeaf = nodes.left[row] < 0;
    const { feature, threshold, missing } = isLeaf
      ? LEAF
      : testOf(terms[nodes.term[row]], nodes.threshold[row]);
    tree.feature.push(feature);
    tree.threshold.push(threshold);
    tree.missing.push(missing);
    tree.right.push(0);
    tree.value.push(isLeaf ? predictionOf(leafOf(nodes, row)) : 0);
    tree.cover.push(nodes.count[row]);
    if (isLeaf) return;
    add(root + nodes.left[row]);
    tree.right[at] = tree.feature.length;
    add(root + nodes.right[row]);
  };
  add(root);
  return tree;
}

const LEAF = { feature: -1, threshold: 0, missing: 0 };

/**
 * The test of a term as one of its feature: a missing value goes where its median goes, and an indicator above the
 * threshold parts missing values from all others.
 */
function testOf(term: Term, threshold: number): { feature: number; threshold: number; missing: number } {
  const { feature } = term;
  return term.part === 'missing'
    ? { feature, threshold: Number.MAX_VALUE, missing: 1 }
    : { feature, threshold, missing: term.median <= threshold ? 0 : 1 };
}

function leafOf({ tree, prediction, sum0, sum1 }: Nodes, row: number): SavedLeaf {
  return { tree: tree[row], prediction: prediction[row], sums: [sum0[row], sum1[row]] };
}

function checked(tree: Tree, features: number): Tree {
  const problem = treeProblem(tree, features);
  if (problem === undefined) return tree;
  throw new EngineError(`Spark saved its trees in a form that Refrain does not know: ${problem}.`);
}
