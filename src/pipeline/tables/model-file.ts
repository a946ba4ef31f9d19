import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { Model } from '../../models/model.ts';
import { parseModel } from '../../models/model-json.ts';
import { readModelJson } from '../model-file.ts';
import type { Classes } from './labels.ts';
import type { ColumnKind } from './read-columns.ts';

const schema = z.strictObject({
  format: z.literal(1),
  source: z.literal('table'),
  label: z.string(),
  classes: z.strictObject({ negative: z.string(), positive: z.string() }),
  threshold: z.number(),
  columns: z.array(z.strictObject({ name: z.string(), kind: z.enum(['number', 'category']) })),
  model: z.unknown(),
});

/** A model of a table, with all that predicting for another table needs. */
export interface TableModelFile {
  readonly label: string;
  readonly classes: Classes;
  /** A row is decided to be of the positive class from this probability up. */
  readonly threshold: number;
  /** The columns that the model may use, and what they hold. */
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly model: Model;
}

/** The file's text; equal models give equal bytes. */
export function tableModelText({ label, classes, threshold, columns, model }: TableModelFile): string {
  return `${JSON.stringify({ format: 1, source: 'table', label, classes, threshold, columns, model })}\n`;
}

/** The model in a folder of `refrain fit`, or in a file of its. @throws InputError when there is none. */
export async function readTableModel(path: string): Promise<TableModelFile> {
  const { json, source } = await readModelJson(path);
  return parseTableModel(json, source);
}

/** A checked model of a table. @throws InputError naming what is wrong. */
export function parseTableModel(json: unknown, source: string): TableModelFile {
  const result = schema.safeParse(json);
  if (result.success) return { ...result.data, model: parseModel(result.data.model) };
  throw new InputError(
    `${source} is no model of a table: give the folder of a refrain fit.\n${z.prettifyError(result.error)}`,
    {
      path: source,
    },
  );
}
