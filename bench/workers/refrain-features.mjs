// node refrain-features.mjs LOG FOLDER THREADS: the part of the main job that ends with the features, as Parquet.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { silentEffects } from '../../dist/index.js';
import { withContext } from '../../dist/pipeline/context.js';
import { computeFeatures } from './compute-features.mjs';

const [log, folder, threads] = process.argv.slice(2);
const effects = { ...silentEffects, threads: Number(threads) };

await mkdir(folder);
const seconds = await withContext(folder, {}, effects, async (context) => {
  const { engine, stopwatch } = context;
  await computeFeatures(log, context, (select, name) =>
    engine.writeParquet(select, join(folder, `${name}.parquet`)),
  );
  return stopwatch.seconds;
});
process.stdout.write(`${JSON.stringify({ seconds })}\n`);
