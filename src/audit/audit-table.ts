import type { Effects } from '../effects.ts';
import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import type { ExampleRows } from '../features/examples.ts';
import { shareExamples } from '../models/fit-all.ts';
import { runTasks } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import type { CheckResult } from './audit.ts';
import { checkRows, type RowCheck, rowChecks } from './audit-rows.ts';
import { type Scramble, type ScrambleSettings, scrambleLabels } from './label-scramble.ts';

/** A table of examples, and how its rows are set apart. */
export interface AuditedTable {
  readonly rows: ExampleRows;
  /** Whether the cutoffs mean something; see `findDuplicates`. */
  readonly isDated: boolean;
  readonly plan: CrossFitPlan;
  /** Index of each row's user. */
  readonly groups: Int32Array;
  readonly scramble: ScrambleSettings;
}

/** A piece of the audit that needs no other. */
export type TableTask = RowCheck | 'label scramble';

/** What came of it. */
export type TableResult = { readonly scramble: Scramble } | { readonly check: CheckResult };

/** Fewer rows are looked through before a thread has started. */
const ROWS_FOR_THREADS = 4000;

/**
 * All that a table of examples by itself can tell: `scrambleLabels` and the `rowChecks`, dealt out to threads, which changes
 * no result.
 * @throws InterruptedError when the signal is aborted.
 */
export async function auditTable(
  table: AuditedTable,
  { threads, signal }: Pick<Effects, 'threads' | 'signal'>,
): Promise<{ readonly scramble: Scramble; readonly checks: readonly CheckResult[] }> {
  // Those that take long first.
  const tasks: readonly TableTask[] = ['label scramble', ...rowChecks];
  const results =
    threads === 1 || table.rows.labels.length < ROWS_FOR_THREADS
      ? tasks.map((task) => auditPart(table, task))
      : await runTasks<TableTask, TableResult>(
          workerUrl(import.meta.url, './audit-worker.ts'),
          inSharedMemory(table),
          tasks,
          { threads, signal },
        );
  const [scramble] = results.flatMap((result) => ('scramble' in result ? [result.scramble] : []));
  return { scramble, checks: results.flatMap((result) => ('check' in result ? [result.check] : [])) };
}

/** One piece of it. */
export function auditPart(
  { rows, isDated, plan, groups, scramble }: AuditedTable,
  task: TableTask,
): TableResult {
  return task === 'label scramble'
    ? { scramble: scrambleLabels(rows, plan, groups, scramble) }
    : { check: checkRows(task, rows, isDated) };
}

function inSharedMemory(table: AuditedTable): AuditedTable {
  const { rows, groups } = table;
  const { matrix, labels } = shareExamples({ matrix: rows.matrix, labels: rows.labels, groups });
  return { ...table, rows: { ...rows, matrix, labels } };
}
