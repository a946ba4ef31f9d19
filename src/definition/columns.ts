import { z } from 'zod';

/** The name of a column in the log. */
export const name = z.string().min(1).max(200);

/** How a time is written: epoch seconds, milliseconds or microseconds, or ISO 8601 text (UTC where it names no zone). */
const timeColumn = z.strictObject({ column: name, unit: z.enum(['s', 'ms', 'us', 'iso']) });

/** What the log's columns mean. */
export const columns = z.strictObject({
  /** Who: a string or an integer; an empty one is nobody. */
  user: name,
  time: timeColumn,
  /** A visit; unique within a user. */
  session: name,
  action: name,
  /** Position of the event in its session; settles the order of events of one millisecond. */
  sequence: name.optional(),
  plan: name.optional(),
  /** Length of what was played, used or read, in seconds or milliseconds. */
  duration: z.strictObject({ column: name, unit: z.enum(['s', 'ms']) }).optional(),
  item: name.optional(),
  creator: name.optional(),
  registered: timeColumn.optional(),
  gender: name.optional(),
  location: name.optional(),
  agent: name.optional(),
});

type Columns = z.infer<typeof columns>;

/** Engines take column names whose case does not count, so two columns of a log may not differ in case alone. */
export function checkCase(
  {
    columns,
    dimensions,
    anonymous,
  }: { columns: Columns; dimensions: string[]; anonymous: { column: string }[] },
  context: z.RefinementCtx,
): void {
  const declared = Object.values(columns)
    .filter((column) => column !== undefined)
    .map(keyOf);
  const keys = [...declared, ...dimensions, ...anonymous.map(({ column }) => column)];
  for (const key of new Set(keys)) {
    const other = keys.find((one) => one < key && one.toLowerCase() === key.toLowerCase());
    if (other !== undefined) {
      context.addIssue(
        `the columns "${other}" and "${key}" differ in case alone: rename one of them in the log`,
      );
    }
  }
}

/** A value is a bare number or a text: a column that must be both would leave every line in quarantine. */
export function checkTypes(
  { columns, quotedNumbers }: { columns: Columns; quotedNumbers: boolean },
  context: z.RefinementCtx,
): void {
  if (quotedNumbers) return;
  const declared = Object.entries(columns).flatMap(([part, column]) =>
    column === undefined ? [] : [{ part, key: keyOf(column), type: typeOf(part, column) }],
  );
  for (const { part, key } of declared.filter(({ type }) => type === 'number')) {
    const text = declared.find((other) => other.type === 'text' && other.key === key);
    if (text === undefined) continue;
    context.addIssue(
      `"${key}" is declared as a number (${part}) and as a text (${text.part}): declare one of them, or set quotedNumbers if the log writes its numbers in quotes`,
    );
  }
}

type Column = NonNullable<Columns[keyof Columns]>;

function keyOf(column: Column): string {
  return typeof column === 'object' ? column.column : column;
}

function typeOf(part: string, column: Column): 'number' | 'text' | 'id' {
  if (typeof column === 'object') return column.unit === 'iso' ? 'text' : 'number';
  if (part === 'sequence') return 'number';
  return part === 'user' || part === 'session' ? 'id' : 'text';
}
