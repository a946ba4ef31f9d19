import { NothingToLearnError } from '../../errors.ts';
import { type LogisticRegressionSettings, logisticRegression } from '../logistic-regression/learner.ts';
import type { LogisticRegressionModel } from '../logistic-regression/model.ts';
import { splineKnots } from './day-spline.ts';
import { type HazardDesign, hazardMatrix } from './design.ts';
import { personDays } from './person-days.ts';
import { checkWatched, lastWatchedDay, usersWatched, type Watched } from './watched.ts';

/**
 * The probability of being lost on a day after the cutoff, of who was not lost before it: discrete-time hazards by logistic regression
 * on person-days (Cox 1972, section 8; Singer and Willett 1993).
 */
export interface HazardModel extends HazardDesign {
  readonly kind: 'hazard';
  /** What is known of a row at its cutoff, by name. */
  readonly features: readonly string[];
  /** Of a person-day; its features are those of `hazardMatrix`. */
  readonly daily: LogisticRegressionModel;
}

export interface HazardSettings {
  /** Inverse of the penalty, as in `LogisticRegressionSettings`: .1 weighs as much as some ten losses. */
  readonly C: number;
  /** Days to look ahead. */
  readonly lastDay: number;
  /** So many users are to be under watch on a day that its hazard is believed; see `lastWatchedDay`. */
  readonly leastUsers: number;
  /** About so many person-days without a loss are learned from. */
  readonly maxDays: number;
}

export const defaultHazardSettings: HazardSettings = { C: 0.1, lastDay: 60, leastUsers: 50, maxDays: 30_000 };

/**
 * @param groups the user of each row, whole numbers from 0 up.
 * @throws InputError for rows that cannot be, as `checkWatched` says; NothingToLearnError where nobody was lost within the days that
 *   enough users were watched.
 */
export function fitHazard(
  watched: Watched,
  groups: Int32Array,
  settings: HazardSettings,
  seed: number,
): HazardModel {
  checkWatched(watched);
  const counts = usersWatched(watched, groups, settings.lastDay);
  const carriedDays = Math.max(1, lastWatchedDay(counts, settings.leastUsers));
  const sample = personDays(watched, carriedDays, { maxDays: settings.maxDays, seed });
  const lossDays = sample.days.filter((_, i) => sample.labels[i] === 1);
  if (lossDays.length === 0 || lossDays.length === sample.labels.length) {
    throw new NothingToLearnError(
      `Of the ${sample.labels.length} days that users were watched after a cutoff, ${lossDays.length} ended with a loss: a hazard needs both.`,
      { personDays: sample.labels.length, lost: lossDays.length },
    );
  }
  const { matrix, from } = watched;
  const design = { knots: splineKnots(lossDays), carriedDays, hasFirstDay: from !== undefined };
  const examples = {
    matrix: hazardMatrix(matrix, sample.rows, sample.days, design, from),
    labels: sample.labels,
    groups: Int32Array.from(sample.rows, (row) => groups[row]),
    weights: sample.weights,
  };
  const daily = logisticRegression.fit(examples, regression(settings), seed);
  return { kind: 'hazard', features: matrix.names, ...design, daily };
}

function regression({ C }: HazardSettings): LogisticRegressionSettings {
  return { C, classWeight: 'none' };
}
