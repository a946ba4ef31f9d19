import { createRandom, hash32 } from '../../random.ts';
import type { Team } from '../../threads/team.ts';
import { rowWeights } from '../class-weight.ts';
import type { Examples, Matrix } from '../matrix.ts';
import { binColumns } from '../tree/bins.ts';
import { type GradientBoostingModel, logOddsOfBoosting } from '../tree/ensemble.ts';
import { countOf, type GradientScales, gradientScales } from '../tree/gradients.ts';
import { toTree } from '../tree/growing.ts';
import { treeInputs } from '../tree/inputs.ts';
import { histogramsAtOnce, LeafwiseGrower } from '../tree/leafwise.ts';
import type { SplitRule } from '../tree/split.ts';
import type { Tree } from '../tree/tree.ts';
import { directionsOf } from './directions.ts';
import { addToOthers, valueLeaves } from './grown-tree.ts';
import { baseLogOdds, type WeightedLabels } from './log-loss.ts';
import { createSampler } from './sampling.ts';
import { CATEGORY_L2, type GradientBoostingSettings } from './settings.ts';
import { EarlyStopping, holdOut } from './validation.ts';

/**
 * Fits tree after tree to the derivatives of the loss at the sum of those before.
 * @param earlier a model to go on from, with the same features; its trees count among `settings.trees`.
 */
export function boost(
  examples: Examples,
  settings: GradientBoostingSettings,
  seed: number,
  team: Team,
  earlier?: GradientBoostingModel,
): GradientBoostingModel {
  const { matrix, labels } = examples;
  const weighted = { labels, weights: rowWeights(examples, settings.classWeight) };
  const { training, validation } = holdOut(examples, settings, seed);
  const base = earlier?.base ?? baseLogOdds(weighted, training);
  const { logOdds, grow } = treeGrowth(matrix, weighted, training, settings, seed, team);
  if (earlier) logOdds.set(logOddsOfBoosting(earlier, matrix));
  else logOdds.fill(base);
  const trees: Tree[] = [...(earlier?.trees ?? [])];
  const stopping = settings.earlyStoppingRounds
    ? new EarlyStopping(weighted, validation, settings.earlyStoppingRounds, logOdds, trees.length)
    : undefined;
  for (let t = trees.length; t < settings.trees; t++) {
    const tree = grow(t);
    if (tree) trees.push(tree);
    if (tree && stopping?.isOver(logOdds, trees.length)) break;
  }
  const kept = stopping ? trees.slice(0, stopping.bestTrees) : trees;
  return { kind: 'gradient-boosting', ...treeInputs(matrix), base, trees: kept };
}

interface TreeGrowth {
  /** By row, of all trees so far; to be set before the first. */
  readonly logOdds: Float64Array;
  /** Grows tree t and adds it to the log-odds of all rows; it gives undefined when there is nothing to split. */
  readonly grow: (t: number) => Tree | undefined;
}

function treeGrowth(
  matrix: Matrix,
  { labels, weights }: WeightedLabels,
  training: Int32Array,
  settings: GradientBoostingSettings,
  seed: number,
  team: Team,
): TreeGrowth {
  const binned = binColumns(matrix, training, team);
  const { features } = binned;
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const scales = gradientScales(matrix.rows, heaviest, heaviest / 4);
  const rule = splitRule(settings, scales);
  const limits = { ...settings, rule, directions: directionsOf(settings.monotone, matrix) };
  const histograms = histogramsAtOnce(training.length, limits);
  const { kernel, draw } = createSampler(binned, training, settings, histograms, team);
  kernel.labels.set(labels);
  kernel.weights.set(weights);
  kernel.prepare(scales, rule);
  const grower = new LeafwiseGrower(training.length, features, limits, team);
  const grow = (t: number): Tree | undefined => {
    const { layout, drawn } = draw(createRandom(hash32(`tree ${t}`, seed)));
    const { rows } = layout;
    kernel.order.set(rows);
    const nodes = grower.grow({ layout, drawn, totals: kernel.differentiate(rows.length) });
    if (nodes.length === 1) return undefined;
    const values = valueLeaves(nodes, settings, scales, kernel);
    addToOthers(nodes, values, rows, kernel);
    return toTree(nodes, features, values, (node) => countOf(node.v, scales.countUnit));
  };
  return { logOdds: kernel.logOdds, grow };
}

/** At least one unit of the hessian scale: a side without second derivatives has no leaf value. */
function splitRule(
  settings: GradientBoostingSettings,
  { hessianScale, countUnit }: GradientScales,
): SplitRule {
  const { minSamplesLeaf, minChildWeight, l2 } = settings;
  return {
    minSamplesLeaf,
    minHessian: Math.max(1, minChildWeight * hessianScale),
    l2: l2 * hessianScale,
    countUnit,
    category: {
      ...{ minRows: 10, minGroupRows: 100, maxLevels: 32 },
      ...{ smoothing: 10 * hessianScale, l2: CATEGORY_L2 * hessianScale },
    },
  };
}
