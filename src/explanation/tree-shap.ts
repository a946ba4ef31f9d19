import { mean } from '../mean.ts';
import type { Matrix } from '../models/matrix.ts';
import { inputsOf } from '../models/tree/inputs.ts';
import { sumTrees } from '../models/tree/predict.ts';
import type { Tree } from '../models/tree/tree.ts';
import { AttributionKernel } from './attribution-kernel.ts';
import { gatherMasks } from './background-masks.ts';
import { interventionalGame } from './interventional-game.ts';
import { pathDependentGame } from './path-dependent-game.ts';
import { SubtreeWalk } from './subtree-walk.ts';
import { sumOverTrees, type Trees } from './sum-over-trees.ts';
import { PreparedRows } from './tree-tests.ts';

/** What features contribute to `base` + `scale` · the sum of trees. */
interface Contributions {
  readonly base: number;
  readonly names: readonly string[];
  readonly columns: Float64Array[];
}

/** Path-dependent TreeSHAP: contributions are counted from the mean over the training rows. */
export function attributeTrees(model: Trees, matrix: Matrix, base: number, scale: number): Contributions {
  const ofTrees = model.trees.reduce((sum, tree) => sum + meanOf(tree), 0);
  const columns = sumOverTrees(model, inputsOf(model, matrix), scale, pathDependentGame);
  return { base: base + scale * ofTrees, names: model.features, columns };
}

/** Interventional TreeSHAP: contributions are counted from the mean over the background rows, of which there must be one. */
export function attributeTreesAgainst(
  model: Trees,
  matrix: Matrix,
  background: Matrix,
  base: number,
  scale: number,
): Contributions {
  const others = inputsOf(model, background);
  const ofTrees = new Float64Array(background.rows);
  sumTrees(model.trees, others, ofTrees);
  const own = new AttributionKernel();
  const rows = new PreparedRows(own, model, model.trees, others);
  const walk = new SubtreeWalk(own);
  const columns = sumOverTrees(model, inputsOf(model, matrix), scale, (kernel, tree) =>
    interventionalGame(kernel, gatherMasks(tree, rows, background.rows, walk), background.rows),
  );
  return { base: base + scale * mean(ofTrees), names: model.features, columns };
}

function meanOf(tree: Tree): number {
  let sum = 0;
  for (let i = 0; i < tree.feature.length; i++) sum += tree.cover[i] * tree.value[i];
  return sum / tree.cover[0];
}
