import { Command } from 'commander';
import { predictionsCsv, predictTable } from '../pipeline/tables/predict-table.ts';
import { parseColumns, parseMemory, withCommonOptions, withThreads } from './options.ts';
import { checkOutputFile, writeWhole } from './output-file.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson } from './terminal/write.ts';

interface Options {
  readonly model: string;
  readonly keep?: readonly string[];
  readonly out?: string;
  readonly force?: boolean;
  readonly memory?: string;
  readonly threads: number;
  readonly json?: true;
}

/** `refrain predict TABLE` */
export function predictCommand(signal: AbortSignal): Command {
  const command = new Command('predict')
    .description('Predict for each row of a table with a model of refrain fit; CSV on stdout.')
    .argument('<table>', '.parquet, .csv or .tsv, or .csv.gz or .csv.zst')
    .requiredOption('--model <folder|file>', 'the folder of a fit, or a model file of it (required)')
    .option('--keep <columns>', 'comma-separated columns to hand on, such as ids', parseColumns)
    .option('--out <file>', 'write the CSV there instead')
    .option('--force', 'replace the file')
    .option('--memory <size>', 'memory for the engine, such as 4GB', parseMemory);
  return withCommonOptions(withThreads(command))
    .addHelpText(
      'after',
      '\nThe columns are: row, those kept, probability, and predicted, which is 1 from the model’s threshold up.\n\nExample:\n  $ refrain predict new.csv --model churn-fit --keep user_id --out predictions.csv',
    )
    .action(async (table: string, options: Options) => {
      const { model, keep = [], out, force = false, memory, threads, json } = options;
      if (out !== undefined) await checkOutputFile(out, force);
      const settings = { table, model, keep, ...(memory === undefined ? {} : { memory }) };
      const predicted = await withTerminal(signal, threads, (effects) => predictTable(settings, effects));
      if (out !== undefined) await writeWhole(out, predictionsCsv(predicted));
      else if (!json) process.stdout.write(predictionsCsv(predicted));
      if (json) {
        const { probabilities, ...rest } = predicted;
        writeJson({ ...rest, probabilities: [...probabilities] });
      }
    });
}
