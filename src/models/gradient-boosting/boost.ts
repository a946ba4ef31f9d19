import { createRandom, hash32 } from '../../random.ts';
import type { Team } from '../../threads/team.ts';
import { rowWeights } from '../class-weight.ts';
import type { Examples, Matrix } from '../matrix.ts';
import { binColumns } from '../tree/bins.ts';
import { type GradientBoostingModel, logOddsOfBoosting } from '../tree/ensemble.ts';
import { countOf, createGradients, type Gradients } from '../tree/gradients.ts';
import { toTree } from '../tree/growing.ts';
import { treeInputs } from '../tree/inputs.ts';
import { histogramsAtOnce, LeafwiseGrower } from '../tree/leafwise.ts';
import type { SplitRule } from '../tree/split.ts';
import type { Tree } from '../tree/tree.ts';
import { directionsOf } from './directions.ts';
import { addToOthers, valueLeaves } from './grown-tree.ts';
import { baseLogOdds, differentiate, type WeightedLabels } from './log-loss.ts';
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
  const logOdds = new Float64Array(team.allocate(8 * matrix.rows));
  if (earlier && team.member === 0) logOdds.set(logOddsOfBoosting(earlier, matrix));
  else if (team.member === 0) logOdds.fill(base);
  const grow = treeGrowth(matrix, weighted, training, logOdds, settings, seed, team);
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

/** What grows tree t and adds it to the log-odds of all rows; it gives undefined when there is nothing to split. */
function treeGrowth(
  matrix: Matrix,
  weighted: WeightedLabels,
  training: Int32Array,
  logOdds: Float64Array,
  settings: GradientBoostingSettings,
  seed: number,
  team: Team,
): (t: number) => Tree | undefined {
  const binned = binColumns(matrix, training, team);
  const heaviest = weighted.weights.reduce((most, weight) => Math.max(most, weight), 0);
  const gradients = createGradients(matrix.rows, heaviest, heaviest / 4, team);
  const hessians = new Float64Array(team.allocate(8 * matrix.rows));
  const values = new Float64Array(team.allocate(8 * 2 * settings.maxLeaves));
  const rule = splitRule(settings, gradients);
  const limits = { ...settings, rule, directions: directionsOf(settings.monotone, matrix) };
  const histograms = histogramsAtOnce(training.length, limits);
  const sample = createSampler(binned, training, settings, histograms, team);
  const grower = new LeafwiseGrower(training.length, binned, limits, team);
  return (t) => {
    const { layout, drawn } = sample(createRandom(hash32(`tree ${t}`, seed)));
    const { rows } = layout;
    differentiate(weighted, logOdds, rows, gradients, hessians, team);
    const nodes = grower.grow({ layout, gradients, drawn });
    if (nodes.length === 1) return undefined;
    const grown = { nodes, order: layout.kernel.order, rows, gradients, hessians };
    valueLeaves(grown, settings, logOdds, values, team);
    addToOthers(grown, values, binned, logOdds, team);
    return toTree(nodes, binned.features, values, (node) => countOf(node.v, gradients.countUnit));
  };
}

/** At least one unit of the hessian scale: a side without second derivatives has no leaf value. */
function splitRule(settings: GradientBoostingSettings, { hessianScale, countUnit }: Gradients): SplitRule {
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
