import { createRandom, hash32, type Random } from '../../random.ts';
import type { Team } from '../../threads/team.ts';
import type { Examples } from '../matrix.ts';
import { binColumns } from '../tree/bins.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { hessianOf } from '../tree/gradients.ts';
import { type GrowingNode, toTree } from '../tree/growing.ts';
import { treeInputs } from '../tree/inputs.ts';
import type { Tree } from '../tree/tree.ts';
import { DepthFirstGrower, type SplitChoice } from './grower.ts';
import { drawSample, rowsByOutcome } from './sample.ts';
import type { RandomForestSettings } from './settings.ts';

/** Grows every tree on a sample of its own, from a seed of its own; the members of the team take turns. */
export function growForest(
  examples: Examples,
  settings: RandomForestSettings,
  split: SplitChoice,
  seed: number,
  team: Team,
): RandomForestModel {
  const { matrix, labels } = examples;
  const binned = binColumns(matrix, undefined, team);
  const outcomes = rowsByOutcome(examples);
  const countUnit = 2 ** Math.ceil(Math.log2(matrix.rows + 1));
  const featuresPerSplit = countFeatures(settings, matrix.columns.length);
  const grower = new DepthFirstGrower(binned, countUnit, { ...settings, featuresPerSplit, split });
  const draws = (node: GrowingNode) => hessianOf(node.v, countUnit);
  const growTree = (t: number): Tree => {
    const random = randomOfTree(t, seed);
    const drawn = drawSample(random, outcomes, settings);
    const nodes = grower.grow(drawn, labels, random);
    const shares = nodes.map((node) => node.g / draws(node));
    return toTree(nodes, binned.features, shares, draws);
  };
  const all = Array.from({ length: settings.trees }, (_, t) => t);
  const own = all.filter((t) => t % team.size === team.member).map(growTree);
  const byMember = team.gather(own);
  const trees = all.map((t) => byMember[t % team.size][Math.floor(t / team.size)]);
  return { kind: 'random-forest', ...treeInputs(matrix), trees };
}

/** What tree t is drawn with: first its sample, then its splits. */
export function randomOfTree(t: number, seed: number): Random {
  return createRandom(hash32(`tree ${t}`, seed));
}

function countFeatures({ featuresPerSplit }: RandomForestSettings, features: number): number {
  return featuresPerSplit === 'sqrt' ? Math.max(1, Math.floor(Math.sqrt(features))) : featuresPerSplit;
}
