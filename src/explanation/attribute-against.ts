import { InputError } from '../errors.ts';
import type { Matrix } from '../models/matrix.ts';
import type { GradientBoostingModel, RandomForestModel } from '../models/tree/ensemble.ts';
import type { Attribution } from './attribution.ts';
import { attributeTreesAgainst } from './tree-shap.ts';

/**
 * How much each feature moved each prediction of trees, counted from the mean prediction of background rows: exact Shapley
 * values of the game in which absent features take the values of a background row (interventional TreeSHAP, Lundberg et
 * al. 2020), additive to rounding. Unlike `attribute` it breaks the ties between features that go together, so that a
 * feature which no tree tests, however much it goes with others, gets nothing from them. The work grows with the sets of
 * conditions that background rows break: some hundred rows are enough.
 * @throws InputError without background rows, or naming a feature that is absent or holds an infinite value.
 */
export function attributeAgainst(
  model: GradientBoostingModel | RandomForestModel,
  matrix: Matrix,
  background: Matrix,
): Attribution {
  if (background.rows === 0) throw new InputError('There is no background row to count contributions from.');
  return model.kind === 'gradient-boosting'
    ? { unit: 'log-odds', ...attributeTreesAgainst(model, matrix, background, model.base, 1) }
    : { unit: 'probability', ...attributeTreesAgainst(model, matrix, background, 0, 1 / model.trees.length) };
}
