import type { Exploration } from '../explore/explore.ts';
import { type Cell, recordsOf } from '../table/table.ts';

/** The rows of a statistic; none where this log has no such statistic. */
export function rowsOf(exploration: Exploration, name: string): Record<string, Cell>[] {
  const table = exploration.tables.get(name);
  return table === undefined ? [] : recordsOf(table);
}

export function number(cell: Cell): number {
  return typeof cell === 'number' ? cell : Number.NaN;
}

export function text(cell: Cell): string {
  return cell === null ? '' : String(cell);
}
