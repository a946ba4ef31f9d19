import { InputError, NothingToLearnError } from '../errors.ts';
import { type Cell, recordsOf } from '../table/table.ts';
import { type ClusterRows, collect, trainingRowsSql } from './training-rows.ts';

/** How many rows there are to train on. */
export interface TrainingCounts {
  readonly rows: number;
  readonly lost: number;
}

/**
 * Counts the training rows.
 * @throws InputError when a label is neither 0 nor 1, or a feature is infinite.
 * @throws NothingToLearnError when there is no row, or only one of the two outcomes.
 */
export async function countTrainingRows(rows: ClusterRows, signal: AbortSignal): Promise<TrainingCounts> {
  const infinite = rows.featureNames.map(
    (_, j) => `count_if(abs(x${j}) = cast('Infinity' as double)) as infinite${j}`,
  );
  const counts = [
    'count(*) as n',
    'count_if(lost = 1) as lost',
    'count_if(coalesce(lost, -1) not in (0, 1)) as unlabelled',
    ...infinite,
  ];
  const sql = `select ${counts.join(', ')} from (${trainingRowsSql(rows)})`;
  const [found] = recordsOf(await collect(rows.session, sql, signal));
  return checkCounts(rows, found);
}

function checkCounts({ featureNames }: ClusterRows, found: Record<string, Cell>): TrainingCounts {
  const n = Number(found.n);
  const lost = Number(found.lost);
  const unlabelled = Number(found.unlabelled);
  if (unlabelled > 0) throw new InputError(`${unlabelled} of ${n} labels are neither 0 nor 1.`);
  const infinite = featureNames.find((_, j) => Number(found[`infinite${j}`]) > 0);
  if (infinite !== undefined) {
    throw new InputError(
      `The feature "${infinite}" is infinite in some rows; expected finite numbers, or NULL where it is missing.`,
      { feature: infinite },
    );
  }
  if (lost > 0 && lost < n) return { rows: n, lost };
  throw new NothingToLearnError(
    n === 0
      ? 'There is no example to learn from: widen the time span or the set of users.'
      : `Every one of the ${n} examples ${lost === 0 ? 'stayed' : 'was lost'}: a learner needs both outcomes. Choose another horizon, or a log that holds both.`,
    { rows: n, lost },
  );
}
