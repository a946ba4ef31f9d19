import { sparkSql } from '../engine/spark/spark-sql.ts';
import { identifier } from '../engine/sql.ts';
import type { Model } from '../models/model.ts';
import { stringifyModel } from '../models/model-json.ts';
import { modelSql } from '../models/sql/model-sql.ts';
import { version } from './manifest.ts';
import { isTableModel, type ModelFile, parseModelFile, readModelJson } from './model-file.ts';
import { parseTableModel, type TableModelFile } from './tables/model-file.ts';

export interface ExportSettings {
  /** The folder of a run or a fit, or a model file of one. */
  readonly model: string;
  readonly format: ExportFormat;
  /** For SQL: who shall run it. */
  readonly engine: 'duckdb' | 'spark';
  /** For SQL: the relation with the features as columns. */
  readonly table: string;
  /** For SQL: columns to hand on beside the probability. */
  readonly keep: readonly string[];
}

export type ExportFormat = (typeof exportFormats)[number];
export const exportFormats = ['json', 'sql', 'onnx'] as const;

export interface Exported {
  readonly content: string | Uint8Array;
  readonly kind: Model['kind'];
  readonly features: number;
  readonly modelSha256: string;
}

/**
 * A saved model in a form that others run: JSON for `parseModel`, a query for DuckDB or Spark, or ONNX.
 * @throws InputError when there is no model, or it is damaged; UsageError when it has no such form.
 */
export async function exportModel(settings: ExportSettings): Promise<Exported> {
  const { json, source, sha256 } = await readModelJson(settings.model);
  const file = isTableModel(json)
    ? aboutTable(parseTableModel(json, source))
    : aboutLog(parseModelFile(json, source));
  const { model } = file;
  return {
    content: await contentOf({ ...file, modelSha256: sha256 }, settings),
    kind: model.kind,
    features: model.features.length,
    modelSha256: sha256,
  };
}

interface About {
  readonly model: Model;
  /** What the probability is of, in a line. */
  readonly meaning: string;
  /** From which probability up a row counts as positive. */
  readonly threshold: number;
}

function aboutLog(file: ModelFile): About {
  const { model, threshold, protocol, leadDays, horizonDays, definition, outcome } = file;
  const meaning =
    protocol === 'forecast'
      ? `Probability of a ${outcome?.word ?? 'loss'} in the ${horizonDays} days that begin ${leadDays} days after the features' cutoff (${definition.name}).`
      : `How much a user looks like those who were lost (${definition.name}, retrospective): no forecast.`;
  return { model, threshold, meaning };
}

function aboutTable({ model, threshold, label, classes }: TableModelFile): About {
  return { model, threshold, meaning: `Probability that ${label} is ${classes.positive}.` };
}

async function contentOf(
  { model, meaning, threshold, modelSha256 }: About & { readonly modelSha256: string },
  { format, engine, table, keep }: ExportSettings,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return `${stringifyModel(model)}\n`;
    case 'sql': {
      const from = table.split('.').map(identifier).join('.');
      const about = [meaning, `Positive from ${threshold} up. Refrain ${version}, model ${modelSha256}.`];
      const lines = about.map((line) => `-- ${line.replaceAll(/\s+/g, ' ')}`);
      const query = modelSql(model, { from, keep, engine });
      return `${[...lines, engine === 'spark' ? sparkSql(query) : query].join('\n')}\n`;
    }
    case 'onnx': {
      const { modelOnnx } = await import('../models/onnx/model-onnx.ts');
      return modelOnnx(model, {
        version,
        description: meaning,
        metadata: { threshold: String(threshold), modelSha256 },
      });
    }
  }
}
