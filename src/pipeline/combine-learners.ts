import type { Effects } from '../effects.ts';
import { InputError } from '../errors.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { FitResult } from '../models/fit-task.ts';
import { selectRows } from '../models/matrix.ts';
import type { MemberModel } from '../models/member.ts';
import { type Model, predict } from '../models/model.ts';
import { type CombinationName, combinations } from '../models/stack/combinations.ts';
import { type Decided, pick, pickLabels } from './judge-learner.ts';
import type { Split } from './split.ts';

/**
 * Combines learners that are fitted already. The combination of a fold learns from the validation rows of the other folds' users, on
 * predictions of models that never saw those users, and predicts the fold's own.
 */
export function combineLearners(
  name: CombinationName,
  members: readonly Decided[],
  rows: Pick<ExampleRows, 'labels' | 'matrix'>,
  { plan, groups }: Pick<Split, 'plan' | 'groups'>,
  { now }: Pick<Effects, 'now'>,
): FitResult[] {
  const combineOn = (trainRows: Int32Array, models: readonly Model[], predictRows: Int32Array): FitResult => {
    const start = now();
    const model = combinations[name].fit(
      members.map(({ probabilities }, m) => ({
        model: memberOf(models[m]),
        outOfFold: pick(probabilities, trainRows),
      })),
      { labels: pickLabels(rows.labels, trainRows) },
    );
    const fitted = now();
    const predictions = Float64Array.from(predict(model, selectRows(rows.matrix, predictRows)));
    return {
      ...{ model, predictions },
      fitSeconds: (fitted - start) / 1000,
      predictSeconds: (now() - fitted) / 1000,
    };
  };
  return [
    ...plan.fits.map(({ predictRows }, k) => {
      const own = new Set(predictRows.map((row) => groups[row]));
      const others = plan.validationRows.filter((row) => !own.has(groups[row]));
      return combineOn(
        others,
        members.map(({ foldModels }) => foldModels[k]),
        predictRows,
      );
    }),
    combineOn(
      plan.validationRows,
      members.map(({ model }) => model),
      new Int32Array(0),
    ),
  ];
}

function memberOf(model: Model): MemberModel {
  if (model.kind === 'stack') throw new InputError('A stack cannot be a part of a stack.');
  return model;
}
