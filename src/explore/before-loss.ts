import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { type Interval, wilsonInterval } from '../evaluation/intervals.ts';
import { roleCount, roleLast } from '../ledger/columns.ts';
import { numbersOf } from '../table/table.ts';
import { visits } from './visits.ts';

/** What users did last before they were lost. Only actions with a role are seen, and of each role its last action alone. */
export interface BeforeLoss {
  readonly lost: number;
  readonly roles: readonly RoleBeforeLoss[];
  /** Kinds of actions one after another, the last first, by how many of the lost ended with them; the commonest first. */
  readonly paths: readonly PathToLoss[];
}

interface RoleBeforeLoss {
  readonly role: string;
  /** Actions in the whole log. */
  readonly actions: number;
  /** Of the lost, whose last action it was. */
  readonly last: number;
  /** The same as a share of the lost, with its Wilson interval. */
  readonly share: Interval;
  /** Of the lost, who had done it at most so many seconds before, by `withinSeconds`, and at all. */
  readonly within: readonly number[];
  readonly ever: number;
}

export interface PathToLoss {
  readonly path: readonly string[];
  readonly users: number;
}

/** The spans of `RoleBeforeLoss.within`: a minute to thirty days. */
export const withinSeconds = [60, 600, 3600, 21_600, 86_400, 259_200, 604_800, 1_209_600, 2_592_000];

const longestPath = 3;

/**
 * What preceded each loss, by the ledger's times of the last action of each role on each day. Actions of one millisecond follow each
 * other in the definition's order of roles, whatever the order of the input; what happens with the loss is not before it, or an outcome with a
 * role would precede itself.
 */
export async function beforeLoss({ roles }: Definition, engine: Engine): Promise<BeforeLoss> {
  const names = Object.keys(roles);
  const last = names.map(
    (role, j) => `max(case when ${roleLast(role)} < loss_time then ${roleLast(role)} end) as t${j}`,
  );
  const losses = await engine.query(`select ${['max(loss_time) as loss_time', ...last].join(', ')}
    from ${visits} where loss_time is not null group by "user" order by "user"`);
  const sums = names.map((role, j) => `cast(sum(${roleCount(role)}) as bigint) as n${j}`);
  const totals = await engine.query(`select ${['count(*) as n_rows', ...sums].join(', ')} from ledger`);
  const lossTimes = numbersOf(losses, 'loss_time');
  const times = names.map((_, j) => numbersOf(losses, `t${j}`));
  const orders = Array.from(lossTimes, (_, i) => latestFirst(times, i));
  return {
    lost: losses.rows,
    roles: names.map((role, j) => {
      const ended = orders.filter((order) => order[0] === j).length;
      const ages = times[j].map((time, i) => lossTimes[i] - time);
      return {
        role,
        actions: numbersOf(totals, `n${j}`)[0],
        last: ended,
        share: wilsonInterval(ended, losses.rows),
        within: withinSeconds.map((seconds) => countWhere(ages, (age) => age <= 1000 * seconds)),
        ever: countWhere(ages, (age) => !Number.isNaN(age)),
      };
    }),
    paths: countPaths(orders.map((order) => order.slice(0, longestPath).map((j) => names[j]))),
  };
}

/** Places of the known times of row `i`, the latest first. */
function latestFirst(times: readonly Float64Array[], i: number): number[] {
  return times
    .map((_, j) => j)
    .filter((j) => !Number.isNaN(times[j][i]))
    .sort((a, b) => times[b][i] - times[a][i] || b - a);
}

function countWhere(values: Float64Array, holds: (value: number) => boolean): number {
  return values.reduce((count, value) => (holds(value) ? count + 1 : count), 0);
}

function countPaths(paths: readonly (readonly string[])[]): PathToLoss[] {
  const counts = new Map<string, { path: readonly string[]; users: number }>();
  for (const path of paths) {
    const key = path.join(' ');
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { path, users: 1 });
    else known.users++;
  }
  return [...counts]
    .sort(([a, { users }], [b, other]) => other.users - users || (a < b ? -1 : 1))
    .map(([, path]) => path);
}
