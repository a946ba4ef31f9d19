import { withoutCalibration } from '../../models/calibration/model.ts';
import type { Model } from '../../models/model.ts';
import type { Preparation, PreparedColumn } from '../../models/preparation/preparation.ts';
import type { DroppedColumn } from '../../models/preparation/redundant-columns.ts';
import type { Cell } from '../../table/table.ts';

/** What became of each column of the table, in the order of the model's use of it. */
export function columnUses(model: Model): Record<string, Cell>[] {
  return preparationsOf(model).flatMap(({ inputs, columns, dropped }) => [
    ...inputs.map(({ name, levels }, input) => {
      const own = columns.filter((column) => column.input === input);
      return {
        column: name,
        kind: levels === undefined ? 'number' : 'category',
        levels: levels?.length ?? null,
        used_as: [...new Set(own.map(inWords))].join(', '),
        columns: own.length,
      };
    }),
    ...dropped.map((column) => ({
      column: column.name,
      kind: null,
      levels: null,
      used_as: `not used: ${reasonOf(column)}`,
      columns: 0,
    })),
  ]);
}

/** Which columns a model leaves out and why, as a note; none where it uses all. */
export function droppedNotes(model: Model): string[] {
  const [first] = preparationsOf(model);
  if (first === undefined || first.dropped.length === 0) return [];
  const { dropped } = first;
  const shown = dropped.slice(0, 10).map((column) => `${JSON.stringify(column.name)} (${reasonOf(column)})`);
  return [
    `${dropped.length} columns are not used: ${shown.join(', ')}${dropped.length > 10 ? ', …; see metrics/columns.csv' : ''}.`,
  ];
}

/** One of a prepared model, and one a member of a stack. */
function preparationsOf(model: Model): Preparation[] {
  const within = withoutCalibration(model);
  if (within.kind === 'stack') return within.members.flatMap(preparationsOf);
  return within.kind === 'prepared' ? [within.preparation] : [];
}

function inWords(column: PreparedColumn): string {
  switch (column.part) {
    case 'value':
      return [
        column.scaling.kind === 'none' ? 'number' : `number, scaled (${column.scaling.kind})`,
        ...(column.fill === null ? [] : [`missing as ${column.fill}`]),
      ].join(', ');
    case 'missing':
      return 'indicator of what is missing';
    case 'level':
      return 'a 0/1 column a level';
    case 'rate':
      return 'rate of the level';
    case 'code':
      return 'category';
  }
}

function reasonOf({ reason, of }: DroppedColumn): string {
  switch (reason) {
    case 'empty':
      return 'no value';
    case 'constant':
      return 'one value';
    case 'duplicate':
      return `the same as ${JSON.stringify(of)}`;
    case 'identifier':
      return 'nearly every row has its own value';
    case 'correlated':
      return `correlated with ${JSON.stringify(of)}`;
  }
}
