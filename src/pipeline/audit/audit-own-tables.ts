import type { CheckResult } from '../../audit/audit.ts';
import { findForeknowledge } from '../../audit/foreknowledge.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ExampleRows } from '../../features/examples.ts';
import type { Matrix } from '../../models/matrix.ts';
import { numbersOf } from '../../table/table.ts';
import type { OwnTable } from '../own-tables/open-own-tables.ts';

/** What the log says a user did up to a cutoff, in features of every log. */
const PAST =
  /^(events_\w+|active_days_\w+|sessions_(7d|30d|all)|days_since_(last|first)_event|is_paid|tenure_days)$/;
const WINDOWS = [7, 14, 30];

/** Own columns against what came after the cutoffs; the engine's `examples` and `ledger` must be those of the rows. */
export async function auditForeknowledge(
  engine: Engine,
  rows: ExampleRows,
  tables: readonly OwnTable[],
): Promise<CheckResult> {
  const own = new Set(tables.flatMap(({ features }) => features.map(({ name }) => name)));
  const columns = columnsWhere(rows.matrix, (name) => own.has(name));
  const past = columnsWhere(rows.matrix, (name) => PAST.test(name));
  const future = await readFuture(engine);
  return {
    check: 'foreknowledge',
    done: true,
    words: `${columns.names.length} own columns against ${future.names.length} counts of what ${new Set(rows.users).size} users did after the cutoffs`,
    findings: findForeknowledge(columns, { past, future, users: rows.users }),
  };
}

/** Tables of which nothing can show when their rows were written. */
export function auditUndated(tables: readonly OwnTable[]): CheckResult {
  const undated = tables.filter(({ isDated }) => !isDated);
  return {
    check: 'undated table',
    done: true,
    words: `${tables.length} own ${tables.length === 1 ? 'table' : 'tables'}, ${undated.length} without a date`,
    findings: undated.map(({ path, features }) => ({
      check: 'undated table',
      severity: 'unknown',
      feature: features.map(({ name }) => name).join(' + '),
      evidence: { columns: features.length },
      words: `${path} has no date: whether its values were known at a cutoff cannot be shown. Give the column of the day from which a row is known, or use only what never changes.`,
    })),
  };
}

/** Events, active days and sessions in windows after each example's cutoff, in the order of the examples. */
async function readFuture(engine: Engine): Promise<Matrix> {
  const counts = ['events', 'active_days', 'sessions'];
  const columns = WINDOWS.flatMap((days) =>
    counts.map((count) => ({
      name: `${count.replace('_', ' ')} in the ${days} days`,
      sql: `cast(coalesce(sum(case when ledger.day < seen.cutoff + ${days} then ledger.${count} end), 0) as double)`,
    })),
  );
  const table = await engine.query(
    `select ${columns.map(({ sql }, j) => `${sql} as f${j}`).join(', ')}
    from (select "user", cutoff from examples) as seen
    left join ledger on ledger."user" = seen."user" and ledger.day >= seen.cutoff and ledger.day < seen.cutoff + ${Math.max(...WINDOWS)}
    group by seen.cutoff, seen."user" order by seen.cutoff, seen."user"`,
  );
  return {
    rows: table.rows,
    names: columns.map(({ name }) => name),
    columns: columns.map((_, j) => numbersOf(table, `f${j}`)),
  };
}

function columnsWhere(matrix: Matrix, test: (name: string) => boolean): Matrix {
  const kept = matrix.names.flatMap((name, j) => (test(name) ? [j] : []));
  return {
    rows: matrix.rows,
    names: kept.map((j) => matrix.names[j]),
    columns: kept.map((j) => matrix.columns[j]),
  };
}
