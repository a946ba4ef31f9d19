import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../../effects.ts';
import { predict } from '../../models/model.ts';
import { csvField } from '../../table/csv.ts';
import { withContext } from '../context.ts';
import { readTableModel } from './model-file.ts';
import { readTestTable } from './test-table.ts';

export interface PredictTableSettings {
  /** Parquet or CSV. */
  readonly table: string;
  /** The folder of a `refrain fit`, or a model file of it. */
  readonly model: string;
  /** Columns to hand on. */
  readonly keep: readonly string[];
  readonly memory?: string;
}

export interface PredictedTable {
  readonly label: string;
  readonly positive: string;
  readonly threshold: number;
  readonly keep: readonly { readonly name: string; readonly values: readonly (string | null)[] }[];
  /** By row: the probability of the positive class. */
  readonly probabilities: Float64Array;
}

/** Predicts for each row of a table. @throws InputError when it cannot give the columns that the model needs. */
export async function predictTable(
  { table, model, keep, memory }: PredictTableSettings,
  effects: Effects,
): Promise<PredictedTable> {
  const file = await readTableModel(model);
  const used = new Set(file.model.features);
  const needed = file.columns.filter(({ name }) => used.has(name));
  const folder = await mkdtemp(join(tmpdir(), 'refrain-predict-'));
  try {
    const settings = memory === undefined ? {} : { memory };
    const { matrix, texts } = await withContext(folder, settings, effects, ({ engine }) =>
      readTestTable(engine, table, needed, keep),
    );
    return {
      label: file.label,
      positive: file.classes.positive,
      threshold: file.threshold,
      keep: keep.map((name) => ({ name, values: texts.get(name) ?? [] })),
      probabilities: predict(file.model, matrix),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `row` (from 1), the columns kept, `probability`, and `predicted`: 1 from the model's threshold up. */
export function predictionsCsv({ keep, probabilities, threshold }: PredictedTable): string {
  const header = ['row', ...keep.map(({ name }) => name), 'probability', 'predicted'].map(csvField);
  const lines = [header.join(',')];
  probabilities.forEach((probability, row) => {
    const kept = keep.map(({ values }) => csvField(values[row]));
    lines.push([row + 1, ...kept, probability, probability >= threshold ? 1 : 0].join(','));
  });
  return `${lines.join('\n')}\n`;
}
