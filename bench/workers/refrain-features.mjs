// node refrain-features.mjs LOG FOLDER THREADS: the part of the main job that ends with the features, as Parquet.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { featureCatalogue } from '../../dist/features/catalogue.js';
import { labelledCutoffs } from '../../dist/features/cutoffs.js';
import { examplesSql } from '../../dist/features/examples.js';
import { defaultLearnSettings, defaultReadSettings, silentEffects } from '../../dist/index.js';
import { withContext } from '../../dist/pipeline/context.js';
import { readLog } from '../../dist/pipeline/read-log.js';

const [log, folder, threads] = process.argv.slice(2);
const settings = { ...defaultReadSettings, ...defaultLearnSettings, log: [log] };
const effects = { ...silentEffects, threads: Number(threads) };

await mkdir(folder);
const seconds = await withContext(folder, {}, effects, async (context) => {
  const { engine, stopwatch } = context;
  const { span } = await readLog(settings, context);
  await stopwatch.time('ledger', () =>
    engine.writeParquet('select * from ledger', join(folder, 'ledger.parquet')),
  );
  await stopwatch.time('features', () =>
    engine.writeParquet(examples(span), join(folder, 'examples.parquet')),
  );
  return stopwatch.seconds;
});
process.stdout.write(`${JSON.stringify({ seconds })}\n`);

function examples(span) {
  const { definition, leadDays, horizonDays } = settings;
  const label = { kind: 'window', leadDays, horizonDays };
  return examplesSql(featureCatalogue(definition), labelledCutoffs(span, settings), label);
}
