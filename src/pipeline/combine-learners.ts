import type { Effects } from '../effects.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { UncalibratedModel } from '../models/calibration/model.ts';
import { sigmoid } from '../models/exponential.ts';
import type { FitResult } from '../models/fit-task.ts';
import { selectRows } from '../models/matrix.ts';
import type { MemberModel } from '../models/member.ts';
import { predict } from '../models/model.ts';
import { type CombinationName, combinations } from '../models/stack/combinations.ts';
import { clippedLogOdds } from '../models/stack/log-odds.ts';
import type { StackModel } from '../models/stack/model.ts';
import type { CrossFitted } from './cross-fitted.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { Split } from './split.ts';

/**
 * Combines learners that are fitted already; the results are those of `fitsOf` and one on every row. The combination of a fold learns its
 * weights from the out-of-fold predictions for its training rows, by models that never saw the row's user, and predicts the fold's own.
 * (With expanding windows those models saw later cutoffs of other users; the rows they predicted are of the window.)
 */
export function combineLearners(
  name: CombinationName,
  members: readonly CrossFitted[],
  rows: Pick<ExampleRows, 'labels' | 'matrix'>,
  { plan, selection }: Pick<Split, 'plan' | 'selection'>,
  { now }: Pick<Effects, 'now'>,
): FitResult[] {
  const combine = (trainRows: Int32Array, models: readonly UncalibratedModel[]): StackModel =>
    combinations[name].fit(
      members.map(({ probabilities }, m) => ({
        model: memberOf(models[m]),
        outOfFold: pick(probabilities, trainRows),
      })),
      { labels: pickLabels(rows.labels, trainRows) },
    );
  const timed = (make: () => StackModel, predictWith: (model: StackModel) => Float64Array): FitResult => {
    const start = now();
    const model = make();
    const fitted = now();
    const predictions = Float64Array.from(predictWith(model));
    return {
      ...{ model, predictions },
      fitSeconds: (fitted - start) / 1000,
      predictSeconds: (now() - fitted) / 1000,
    };
  };
  const whole = members.map(({ model }) => model);
  return [
    ...plan.fits.map(({ trainRows, predictRows }, k) =>
      timed(
        () =>
          combine(
            trainRows,
            members.map(({ foldModels }) => foldModels[k]),
          ),
        (model) => predict(model, selectRows(rows.matrix, predictRows)),
      ),
    ),
    ...(selection.order === 'same-cutoffs'
      ? []
      : selection.folds.map(({ trainRows }, f) =>
          timed(
            () => combine(trainRows, whole),
            (model) =>
              pooled(
                model,
                members.map(({ validation }) => validation[f]),
              ),
          ),
        )),
    timed(
      () => combine(plan.validationRows, whole),
      () => new Float64Array(0),
    ),
  ];
}

/** What a stack says where its members say this. */
function pooled(
  { coefficients, intercept }: StackModel,
  probabilities: readonly Float64Array[],
): Float64Array {
  return probabilities[0].map((_, i) =>
    sigmoid(probabilities.reduce((sum, own, m) => sum + coefficients[m] * clippedLogOdds(own[i]), intercept)),
  );
}

/** @throws TypeError for a combination, which no learner gives. */
function memberOf(model: UncalibratedModel): MemberModel {
  if (model.kind === 'stack') throw new TypeError('A stack cannot be a part of a stack.');
  return model;
}
