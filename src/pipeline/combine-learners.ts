import type { Effects } from '../effects.ts';
import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { UncalibratedModel } from '../models/calibration/model.ts';
import type { FitResult } from '../models/fit-task.ts';
import { selectRows } from '../models/matrix.ts';
import type { MemberModel } from '../models/member.ts';
import { predict } from '../models/model.ts';
import { type CombinationName, combinations } from '../models/stack/combinations.ts';
import type { CrossFitted, PlanFits } from './cross-fitted.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { Split } from './split.ts';

/**
 * Combines learners that are fitted already; the results are those of `fitsOf` and one on every row. The combination of a fold learns from
 * the predictions for its training rows, by models of the same plan that never saw the row's user, and predicts the fold's own.
 */
export function combineLearners(
  name: CombinationName,
  members: readonly CrossFitted[],
  rows: Pick<ExampleRows, 'labels' | 'matrix'>,
  { plan, selection }: Pick<Split, 'plan' | 'selection'>,
  { now }: Pick<Effects, 'now'>,
): FitResult[] {
  const combine = (
    fits: readonly PlanFits[],
    models: readonly UncalibratedModel[],
    trainRows: Int32Array,
    predictRows: Int32Array,
  ): FitResult => {
    const start = now();
    const model = combinations[name].fit(
      fits.map(({ probabilities }, m) => ({
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
  const ofPlan = ({ fits }: CrossFitPlan, own: readonly PlanFits[]) =>
    fits.map(({ trainRows, predictRows }, k) =>
      combine(
        own,
        own.map(({ foldModels }) => foldModels[k]),
        trainRows,
        predictRows,
      ),
    );
  const whole = members.map(({ model }) => model);
  return [
    ...ofPlan(plan, members),
    ...selection.plans.flatMap((window, w) =>
      ofPlan(
        window,
        members.map(({ windows }) => windows[w]),
      ),
    ),
    combine(members, whole, plan.validationRows, new Int32Array(0)),
  ];
}

/** @throws TypeError for a combination, which no learner gives. */
function memberOf(model: UncalibratedModel): MemberModel {
  if (model.kind === 'stack') throw new TypeError('A stack cannot be a part of a stack.');
  return model;
}
