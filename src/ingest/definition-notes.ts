import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { cellOf, columnOf, numbersOf, type Table } from '../table/table.ts';
import { dimensionName } from './fields.ts';

/** What the definition names and the log, as ingested, does not hold: each may be a slip of the pen. */
export async function definitionNotes(definition: Definition, engine: Engine): Promise<string[]> {
  const kinds = await engine.query(
    'select action, plan, cast(sum(n_rows) as bigint) as n_rows from kinds group by action, plan',
  );
  const actions = distinctTexts(kinds, 'action');
  const plans = distinctTexts(kinds, 'plan');
  const roles = Object.entries(definition.roles).flatMap(([role, names]) =>
    names
      .filter((name) => !actions.has(name))
      .map((name) => `No event is “${name}”, which the definition counts as ${role}.`),
  );
  const paid = definition.paidPlans
    .filter((plan) => !plans.has(plan))
    .map((plan) => `No event is on the plan “${plan}”, which the definition calls paid.`);
  const losses = definition.loss.actions.filter((action) => !actions.has(action));
  const seen = [...actions].slice(0, 12).join(', ');
  return [
    ...(await emptyColumns(definition, engine)),
    ...losses.map(
      (action) =>
        `No event is “${action}”, the loss; the log's actions are ${seen}${actions.size > 12 ? ', …' : ''}.`,
    ),
    ...roles,
    ...paid,
  ];
}

async function emptyColumns({ columns, dimensions }: Definition, engine: Engine): Promise<string[]> {
  const optional: [key: string, column: string, part: string][] = dimensions.map((key, j) => [
    key,
    dimensionName(j),
    'a dimension',
  ]);
  for (const part of ['sequence', 'plan', 'item', 'creator', 'gender', 'location', 'agent'] as const) {
    const key = columns[part];
    if (key !== undefined) optional.push([key, part, `the ${part}`]);
  }
  if (columns.duration !== undefined) optional.push([columns.duration.column, 'duration', 'the duration']);
  if (columns.registered !== undefined)
    optional.push([columns.registered.column, 'registered', 'the registration']);
  if (optional.length === 0) return [];
  const counts = await engine.query(`select ${optional.map(([, column]) => column).join(', ')} from present`);
  return optional
    .filter(([, column]) => numbersOf(counts, column)[0] === 0)
    .map(
      ([key, , part]) =>
        `No line has a value for the column “${key}”, which the definition names as ${part}.`,
    );
}

/** Most frequent first. */
function distinctTexts(kinds: Table, column: 'action' | 'plan'): Set<string> {
  const names = columnOf(kinds, column);
  const counts = new Map<string, number>();
  for (const [i, rows] of numbersOf(kinds, 'n_rows').entries()) {
    const name = cellOf(names, i);
    if (typeof name === 'string') counts.set(name, (counts.get(name) ?? 0) + rows);
  }
  return new Set([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name));
}
