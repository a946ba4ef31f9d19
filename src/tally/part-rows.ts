import { roleCount, roleLast } from '../ledger/columns.ts';
import type { Column, Table } from '../table/table.ts';
import type { ThreadCodes } from './log-tally.ts';
import { type Extent, readNumbers } from './spill.ts';

/** Columns of a part before those of the roles; a part is one row of the ledger's table `parts`, as far as a slice of the log knows it. */
const partColumns = [
  'user',
  'session',
  'day',
  'plan',
  'profile',
  'events',
  'night_events',
  'duration',
  'first_time',
  'last_time',
  'order_time',
  'order_sequence',
];

/** The parts of one slice as a table of doubles, with the codes of the whole log; what is −1 is null. */
export function partRows(extent: Extent, codes: ThreadCodes, names: readonly string[]): Table {
  const width = names.length;
  const values = new Float64Array(readNumbers(extent).buffer);
  const rows = values.length / width;
  const { user, session, plan } = codes.texts;
  const meaning = new Map<string, readonly number[]>(
    Object.entries({ user, session, plan, profile: codes.profiles }),
  );
  const columns = names.map((name, j): Column => {
    const map = meaning.get(name);
    const column = new Float64Array(rows);
    const valid = new Uint8Array(rows);
    for (let i = 0; i < rows; i++) {
      const value = values[i * width + j];
      column[i] = map === undefined ? value : map[value];
      valid[i] = value === -1 ? 0 : 1;
    }
    return { type: 'float64', values: column, valid };
  });
  return { rows, names, columns };
}

/** Columns of the table of parts: those of every part, then count and last time of each role. */
export function partNames(roles: readonly string[]): string[] {
  return [...partColumns, ...roles.flatMap((role) => [roleCount(role), roleLast(role)])];
}
