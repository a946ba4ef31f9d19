import type { Definition } from '../definition/schema.ts';
import type { LogField } from '../engine/engine.ts';
import { jsonNumber } from '../engine/sql.ts';
import { isoPattern, maxDurationUnits } from './canonical.ts';
import { logFields } from './fields.ts';

/** What a line is. A bad one has a reason code, with the column after a colon where one is to blame. */
export type Verdict =
  | { readonly kind: 'blank' }
  | { readonly kind: 'bad'; readonly reason: string }
  | { readonly kind: 'good'; readonly record: Readonly<Record<string, string | number | null>> };

export type Judge = (line: string) => Verdict;

/**
 * The one definition of a bad line, which every engine's fast path must agree with. A good line comes back as its
 * declared columns alone, each in the plainest form.
 */
export function lineJudge(definition: Definition): Judge {
  const fields = logFields(definition);
  const required = new Set(['user', 'time', 'session', 'action']);
  const checks = valueChecks(definition);
  const isoNames = namesOfIsoTimes(definition);
  return (line) => {
    if (/^[ \t\r]*$/.test(line)) return { kind: 'blank' };
    const parsed = parseObject(line);
    if (typeof parsed === 'string') return { kind: 'bad', reason: parsed };
    const record: Record<string, string | number | null> = {};
    for (const field of fields) {
      const value = parsed.get(field.key) ?? null;
      if (value === null) {
        if (required.has(field.name)) return { kind: 'bad', reason: `missing:${field.key}` };
        continue;
      }
      const typed = ofType(value, field);
      if (typed === undefined) return { kind: 'bad', reason: `wrong_type:${field.key}` };
      const fault = checks[field.name]?.(typed);
      if (fault !== undefined) return { kind: 'bad', reason: `${fault}:${field.key}` };
      record[field.key] = isoNames.has(field.name) ? new Date(isoMillis(String(typed))).toISOString() : typed;
    }
    return { kind: 'good', record };
  };
}

function namesOfIsoTimes({ columns }: Definition): ReadonlySet<string> {
  const times = { time: columns.time, registered: columns.registered };
  return new Set(Object.entries(times).flatMap(([name, time]) => (time?.unit === 'iso' ? [name] : [])));
}

function ofType(value: unknown, field: LogField): string | number | undefined {
  if (typeof value === 'string') {
    if (field.type !== 'number') return value;
    return field.quoted && isJsonNumber(value) ? Number(value) : undefined;
  }
  if (typeof value !== 'number') return undefined;
  if (field.type === 'number') return value;
  return field.type === 'id' && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** Whether the text is a finite number in JSON's grammar. */
export function isJsonNumber(text: string): boolean {
  return wholeNumber.test(text) && Number.isFinite(Number(text));
}

const wholeNumber = new RegExp(`^${jsonNumber}$`);

type Check = (value: string | number) => string | undefined;

function valueChecks(definition: Definition): Record<string, Check> {
  const { columns, timeRange } = definition;
  const from = Date.parse(timeRange.from);
  const to = Date.parse(timeRange.to);
  const time =
    (unit: string): Check =>
    (value) => {
      const millis = timeMillis(value, unit);
      if (Number.isNaN(millis)) return 'wrong_type';
      return millis >= from && millis < to ? undefined : 'out_of_range';
    };
  return {
    action: (value) => (value === '' ? 'empty' : undefined),
    time: time(columns.time.unit),
    registered: time(columns.registered?.unit ?? 'ms'),
    sequence: (value) => (Number.isSafeInteger(value) ? undefined : 'wrong_type'),
    duration: (value) => {
      const units = Math.round(Number(value) * (columns.duration?.unit === 'ms' ? 100 : 100_000));
      if (Number(value) < 0) return 'negative';
      return units <= maxDurationUnits ? undefined : 'out_of_range';
    },
  };
}

function timeMillis(value: string | number, unit: string): number {
  if (typeof value === 'string') return isoMillis(value);
  if (unit === 's') return Math.round(value * 1000);
  if (!Number.isSafeInteger(value)) return Number.NaN;
  return unit === 'us' ? Math.floor(value / 1000) : value;
}

export function isoMillis(text: string): number {
  if (!new RegExp(isoPattern).test(text)) return Number.NaN;
  const [date, clock = '00:00'] = text.split(/[T ]/);
  const day = Date.parse(date);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return Number.NaN;
  return Date.parse(`${date}T${/Z|[+-]/.test(clock) ? clock : `${clock}Z`}`);
}

function parseObject(line: string): ReadonlyMap<string, unknown> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not_json';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not_an_object';
  if (hasDuplicateKey(line)) return 'duplicate_key';
  if (someValue(value, (leaf) => typeof leaf === 'string' && !leaf.isWellFormed())) return 'bad_unicode';
  if (someValue(value, (leaf) => leaf === Number.POSITIVE_INFINITY || leaf === Number.NEGATIVE_INFINITY)) {
    return 'number_overflow';
  }
  return new Map(Object.entries(value));
}

function someValue(root: unknown, test: (leaf: unknown) => boolean): boolean {
  const waiting = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) {
      if (test(value)) return true;
      continue;
    }
    for (const [key, child] of Object.entries(value)) waiting.push(key, child);
  }
  return false;
}

/** Whether an object, written as valid JSON, has a key twice at its top level. */
function hasDuplicateKey(json: string): boolean {
  const keys = new Set<string>();
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === '"') {
      const start = i++;
      while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
      if (depth === 1 && isFollowedByColon(json, i + 1)) {
        const key: string = JSON.parse(json.slice(start, i + 1));
        if (keys.has(key)) return true;
        keys.add(key);
      }
    }
  }
  return false;
}

function isFollowedByColon(json: string, from: number): boolean {
  let i = from;
  while (' \t\r\n'.includes(json[i])) i++;
  return json[i] === ':';
}
