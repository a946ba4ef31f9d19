import type { NumberColumns } from '../engine/engine.ts';
import { roleCount, roleLast } from '../ledger/columns.ts';
import type { ThreadCodes } from './log-tally.ts';
import { type Extent, readNumbers } from './spill.ts';

/**
 * Numbers of a part before those of the roles; a part is one row of the ledger's table `parts`, as far as a slice of the log knows it.
 * Times are milliseconds of the day, −1 for none.
 */
const partNumbers = [
  'user',
  'session',
  'day',
  'plan',
  'profile',
  'events',
  'night_events',
  'first_time',
  'last_time',
  'order_time',
  'order_sequence',
];

/** An empty table of parts: the sum of durations, a double, then numbers of four bytes, last count and last time of each role. */
export function noParts(roles: readonly string[]): NumberColumns {
  const names = [...partNumbers, ...roles.flatMap((role) => [roleCount(role), roleLast(role)])];
  const columns = names.map((name) => [name, new Int32Array(0)] as const);
  return { duration: new Float64Array(0), ...Object.fromEntries(columns) };
}

/** The parts of one slice, column after column as the kernel laid them out. @param like a table of such parts. */
export function partColumns(extent: Extent, like: NumberColumns): NumberColumns {
  const numbers = readNumbers(extent);
  const names = Object.keys(like);
  const rows = numbers.length / (names.length + 1);
  return Object.fromEntries(
    names.map((name, j) => [
      name,
      j === 0 ? new Float64Array(numbers.buffer, 0, rows) : numbers.subarray((j + 1) * rows, (j + 2) * rows),
    ]),
  );
}

/** Puts the codes of the whole log in the place of those of a thread. */
export function inCodesOfLog(parts: NumberColumns, codes: ThreadCodes): NumberColumns {
  const { user, session, plan } = codes.texts;
  const meanings = { user, session, plan, profile: codes.profiles };
  const coded = Object.entries(meanings).map(([name, meaning]) => [
    name,
    parts[name].map((code) => meaning[code]),
  ]);
  return { ...parts, ...Object.fromEntries(coded) };
}
