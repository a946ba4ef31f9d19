import type { Definition } from '../definition/schema.ts';
import type { Dialect } from '../engine/dialect.ts';
import { literals } from '../engine/sql.ts';
import { anonymousName, dimensionName, textColumns } from './fields.ts';

/** ISO 8601 date, or date and time, with an optional zone; what both engines and JavaScript read alike. */
export const isoPattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$';

/** Largest duration in units of 10 µs that a double holds exactly. */
export const maxDurationUnits = Number.MAX_SAFE_INTEGER;

/** Columns of the canonical log, in order, as SQL over the fields of a line; absent ones are null of their type. */
export function canonicalColumns(
  definition: Definition,
  dialect: Dialect,
): readonly (readonly [string, string])[] {
  const { columns } = definition;
  const whole = (name: string, present: boolean) =>
    present ? `try_cast(${name} as bigint)` : 'cast(null as bigint)';
  return [
    ['user', '"user"'],
    ['time', millis('"time"', columns.time.unit, dialect)],
    ['session', '"session"'],
    ['action', '"action"'],
    ['sequence', whole('"sequence"', columns.sequence !== undefined)],
    [
      'duration',
      columns.duration === undefined ? 'cast(null as bigint)' : durationUnits(columns.duration.unit, dialect),
    ],
    [
      'registered',
      columns.registered === undefined
        ? 'cast(null as bigint)'
        : millis('"registered"', columns.registered.unit, dialect),
    ],
    ...textColumns.map(
      (name) => [name, columns[name] === undefined ? 'cast(null as string)' : `"${name}"`] as const,
    ),
    ...definition.dimensions.map((_, j) => [dimensionName(j), `"${dimensionName(j)}"`] as const),
    ['anonymous', isAnonymous(definition)],
  ];
}

/** SQL that is true only where the values of a well-formed line are good; null or false where any is not. */
export function valuesAreGood(definition: Definition, dialect: Dialect): string {
  const { columns, timeRange } = definition;
  const from = Date.parse(timeRange.from);
  const to = Date.parse(timeRange.to);
  const inRange = (name: string, unit: string) =>
    `${isWellFormedTime(name, unit, dialect)} and ${millis(name, unit, dialect)} >= ${from} and ${millis(name, unit, dialect)} < ${to}`;
  const terms = [
    `"user" is not null and "session" is not null and "action" is not null and "action" <> ''`,
    inRange('"time"', columns.time.unit),
  ];
  if (columns.sequence !== undefined) terms.push(`("sequence" is null or ${isWhole('"sequence"')})`);
  if (columns.duration !== undefined) {
    terms.push(
      `("duration" is null or ("duration" >= 0 and ${durationScaled(columns.duration.unit, dialect)} <= ${maxDurationUnits}))`,
    );
  }
  if (columns.registered !== undefined) {
    terms.push(`("registered" is null or (${inRange('"registered"', columns.registered.unit)}))`);
  }
  return terms.join('\n      and ');
}

function millis(name: string, unit: string, dialect: Dialect): string {
  switch (unit) {
    case 'iso':
      return dialect.isoToMillis(name);
    case 's':
      return `try_cast(${dialect.round(`(${name} * 1000)`)} as bigint)`;
    case 'us':
      return `try_cast((${name} - (${name} % 1000 + 1000) % 1000) / 1000 as bigint)`;
    default:
      return `try_cast(${name} as bigint)`;
  }
}

function isWellFormedTime(name: string, unit: string, dialect: Dialect): string {
  if (unit === 'iso') return dialect.matches(name, isoPattern);
  return unit === 's' ? 'true' : isWhole(name);
}

/** By the remainder, since Spark's floor fails beyond 64 bits. */
function isWhole(name: string): string {
  return `(${name} % 1 = 0 and abs(${name}) <= ${Number.MAX_SAFE_INTEGER})`;
}

function durationScaled(unit: string, dialect: Dialect): string {
  return dialect.round(`("duration" * ${unit === 's' ? 100_000 : 100})`);
}

function durationUnits(unit: string, dialect: Dialect): string {
  return `try_cast(${durationScaled(unit, dialect)} as bigint)`;
}

function isAnonymous(definition: Definition): string {
  const rules = definition.anonymous.map(
    (rule, j) => `coalesce("${anonymousName(j)}" in ${literals(rule.in)}, false)`,
  );
  return [`"user" = ''`, ...rules].join(' or ');
}
