import type { Team } from '../../threads/team.ts';
import { checkExamples } from '../examples.ts';
import { fitLearner, type LearnerSettings } from '../learners.ts';
import type { Examples } from '../matrix.ts';
import { parseSettings } from '../settings.ts';
import { fitPreparation } from './fit-preparation.ts';
import type { PreparedModel } from './model.ts';
import { type PreparationSettings, preparationSettingsSchema } from './settings.ts';

/**
 * Fits a preparation and then a learner, both on the given rows alone.
 * @throws UsageError for settings out of range; NothingToLearnError when no column tells the rows apart, and what the learner throws.
 */
export function fitPrepared(
  examples: Examples,
  task: LearnerSettings & { readonly seed: number },
  settings: PreparationSettings,
  team?: Team,
): PreparedModel {
  const checked = parseSettings('the preparation', preparationSettingsSchema, settings);
  checkExamples(examples);
  const { preparation, examples: prepared } = fitPreparation(examples, checked, task.seed);
  const model = fitLearner(prepared, task, task.seed, team);
  return { kind: 'prepared', features: preparation.inputs.map(({ name }) => name), preparation, model };
}
