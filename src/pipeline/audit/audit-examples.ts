import { findAloneAgainstRest } from '../../audit/alone-against-rest.ts';
import type { Audit, CheckResult } from '../../audit/audit.ts';
import { auditTable } from '../../audit/audit-table.ts';
import { scrambleResult } from '../../audit/scramble-result.ts';
import type { Effects } from '../../effects.ts';
import type { Engine } from '../../engine/engine.ts';
import { UsageError } from '../../errors.ts';
import { retrospectivePlan } from '../../evaluation/cross-fit.ts';
import { userFolds } from '../../evaluation/user-folds.ts';
import type { ExampleRows } from '../../features/examples.ts';
import { readTrainingTable, type TrainingTable } from '../tables/training-table.ts';

export interface AuditExamplesSettings {
  /** Parquet or CSV, a row an example. */
  readonly examples: string;
  readonly label: string;
  readonly positive?: string;
  /** Column of the user; without it every row is someone else's. */
  readonly group?: string;
  /** Column of whole numbers or dates as of which a row is; without it rows have no time. */
  readonly cutoff?: string;
  /** Columns that are no features. */
  readonly drop: readonly string[];
  readonly folds: number;
  readonly replicates: number;
  readonly seed: number;
}

/** The checks that a table of examples allows, whoever made it. Nothing here can show when its values were known. */
export async function auditExamples(
  settings: AuditExamplesSettings,
  engine: Engine,
  effects: Effects,
): Promise<Audit> {
  const { folds, seed, replicates, cutoff } = settings;
  const table = await readTrainingTable(engine, settings.examples, { ...settings, category: [] });
  const rows = rowsOf(table, cutoff);
  const { groups } = table.examples;
  const users = [...new Set(rows.users)];
  const everLost = new Uint8Array(users.length);
  groups.forEach((group, row) => {
    everLost[group] |= rows.labels[row];
  });
  const foldOfUser = userFolds(users, everLost, Math.min(folds, users.length), seed);
  const plan = retrospectivePlan(groups.map((group) => foldOfUser[group]));
  const { scramble, checks } = await auditTable(
    {
      ...{ rows, plan, groups },
      isDated: cutoff !== undefined,
      scramble: { permutations: 20, maxRows: 20_000, seed },
    },
    effects,
  );
  const alone: CheckResult = {
    check: 'alone against the rest',
    done: true,
    words: `the strongest of ${rows.matrix.names.length} columns against all others together`,
    findings: await findAloneAgainstRest(
      rows,
      plan,
      groups,
      { seed, replicates, sourceOf: (feature) => feature },
      effects,
    ),
  };
  return {
    checks: [
      ...checks,
      scrambleResult(scramble),
      alone,
      {
        check: 'future edit',
        done: false,
        words:
          'a table does not say how it was made: give the log, and the table by --with, to have its features edited',
        findings: [],
      },
    ],
    scramble,
    prices: [],
  };
}

function rowsOf({ file, examples, groupKeys }: TrainingTable, cutoff: string | undefined): ExampleRows {
  const { matrix, labels } = examples;
  const rows = { users: groupKeys, labels };
  if (cutoff === undefined) return { ...rows, cutoffs: new Int32Array(labels.length), matrix };
  const at = matrix.names.indexOf(cutoff);
  if (at < 0 || matrix.levels?.[at] || !matrix.columns[at].every(Number.isInteger)) {
    throw new UsageError(
      `The cutoff ${JSON.stringify(cutoff)} is no column of days or whole numbers of ${file.path}.`,
      { cutoff },
    );
  }
  const without = <T>(items: readonly T[]) => items.filter((_, j) => j !== at);
  return {
    ...rows,
    cutoffs: Int32Array.from(matrix.columns[at]),
    matrix: {
      ...matrix,
      names: without(matrix.names),
      columns: without(matrix.columns),
      levels: matrix.levels && without(matrix.levels),
    },
  };
}
