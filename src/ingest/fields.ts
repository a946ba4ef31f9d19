import type { Definition } from '../definition/schema.ts';
import type { LogField } from '../engine/engine.ts';

/** What is read from each line: a field a declared column, named for its part in the definition. */
export function logFields(definition: Definition): LogField[] {
  const { columns, dimensions, anonymous } = definition;
  const number = (name: string, key: string): LogField =>
    definition.quotedNumbers ? { name, key, type: 'number', quoted: true } : { name, key, type: 'number' };
  const time = (name: string, { column, unit }: { column: string; unit: string }): LogField =>
    unit === 'iso' ? { name, key: column, type: 'text' } : number(name, column);
  const fields: LogField[] = [
    { name: 'user', key: columns.user, type: 'id' },
    time('time', columns.time),
    { name: 'session', key: columns.session, type: 'id' },
    { name: 'action', key: columns.action, type: 'text' },
  ];
  if (columns.sequence !== undefined) fields.push(number('sequence', columns.sequence));
  if (columns.duration !== undefined) fields.push(number('duration', columns.duration.column));
  if (columns.registered !== undefined) fields.push(time('registered', columns.registered));
  for (const name of textColumns) {
    const key = columns[name];
    if (key !== undefined) fields.push({ name, key, type: 'text' });
  }
  dimensions.forEach((key, j) => {
    fields.push({ name: dimensionName(j), key, type: 'id' });
  });
  anonymous.forEach(({ column }, j) => {
    fields.push({ name: anonymousName(j), key: column, type: 'id' });
  });
  return fields;
}

export const textColumns = ['plan', 'item', 'creator', 'gender', 'location', 'agent'] as const;

/** Column of the canonical log that holds dimension `j` of the definition. */
export function dimensionName(j: number): string {
  return `dimension_${j}`;
}

/** Field that holds the column of anonymity rule `j`. */
export function anonymousName(j: number): string {
  return `anonymous_${j}`;
}
