import { Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { type ExportFormat, exportFormats, exportModel } from '../pipeline/export-model.ts';
import { parseColumns, withCommonOptions } from './options.ts';
import { checkOutputFile, writeWhole } from './output-file.ts';
import { writeJson, writeOut } from './terminal/write.ts';

interface Options {
  readonly format: ExportFormat;
  readonly out?: string;
  readonly force?: boolean;
  readonly engine: 'duckdb' | 'spark';
  readonly table: string;
  readonly keep: readonly string[];
  readonly json?: true;
}

/** `refrain export MODEL` */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('Write a saved model in a form that others run: ONNX, SQL or JSON.')
    .argument('<model>', 'the folder of a run or a fit, or a model file of one')
    .addOption(
      new Option('--format <format>', 'what to write (required)')
        .choices(exportFormats)
        .makeOptionMandatory(),
    )
    .option('--out <file>', 'where to write it; SQL and JSON go to stdout without')
    .option('--force', 'replace the file')
    .addOption(
      new Option('--engine <engine>', 'who shall run the SQL').choices(['duckdb', 'spark']).default('duckdb'),
    )
    .option('--table <name>', 'the table or view with the features as columns, for SQL', 'features')
    .option(
      '--keep <columns>',
      'comma-separated columns to hand on beside the probability, for SQL',
      parseColumns,
      [],
    );
  return withCommonOptions(command)
    .addHelpText('after', help)
    .action(async (model: string, options: Options) => {
      const { format, out, force = false, json } = options;
      if (out === undefined && (format === 'onnx' || json)) {
        throw new UsageError(
          `Name a file with --out: ${json ? '--json prints what was done' : 'ONNX is no text'}.`,
        );
      }
      if (out !== undefined) await checkOutputFile(out, force);
      const { content, ...about } = await exportModel({ model, ...options });
      if (out === undefined) process.stdout.write(content);
      else await writeWhole(out, content);
      if (json) writeJson({ file: out, format, ...about });
      else if (out !== undefined) writeOut(out);
    });
}

const help = `
ONNX: inputs "numbers" (doubles, NaN where missing) and, for categories, "categories" (texts); which feature stands in which
column is in the file's metadata, under "inputs". Output "probability". Needs ai.onnx.ml 5, as ONNX Runtime has it from 1.21 on.
SQL: one query, which gives each bit of what "refrain score" does.

Examples:
  $ refrain export first-run --format onnx --out churn.onnx
  $ refrain export first-run --format sql --table user_features --keep user > churn.sql
  $ refrain export first-run/models/random-forest.json --format sql --engine spark --out churn-spark.sql`;
