// node refrain-spark.mjs LOG FOLDER THREADS SERVER: the part of the main job that ends with the features, on a Spark of its own;
// SERVER is the settings of that Spark as JSON. Two folders of Parquet, written by the cluster.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installSpark } from '../../dist/engine/spark/server/install.js';
import { startServer } from '../../dist/engine/spark/server/start.js';
import { stopProcess } from '../../dist/engine/spark/server/stop.js';
import { sparkVersions } from '../../dist/engine/spark/server/versions.js';
import { silentEffects } from '../../dist/index.js';
import { withContext } from '../../dist/pipeline/context.js';
import { freePort } from '../free-port.mjs';
import { withUi } from '../spark-settings.mjs';
import { computeFeatures } from './compute-features.mjs';
import { fetchStages } from './fetch-stages.mjs';
import { SpanStopwatch } from './span-stopwatch.mjs';

const [log, folder, threads, settings] = process.argv.slice(2);
const effects = { ...silentEffects, threads: Number(threads) };
const stopwatch = new SpanStopwatch(effects);
const port = await freePort();

await mkdir(folder);
const { server, letGo } = await stopwatch.time('start', start);
try {
  const { remote, token, version } = server;
  await withContext(folder, { spark: { remote, token } }, effects, (context) =>
    computeFeatures(log, { ...context, stopwatch }, (select, name) =>
      context.engine.publish(select, pathToFileURL(join(folder, name)).href, 'bench'),
    ),
  );
  const stages = await fetchStages(`http://127.0.0.1:${port}`);
  const { seconds, spans } = stopwatch;
  process.stdout.write(`${JSON.stringify({ versions: { spark: version }, seconds, spans, stages })}\n`);
} finally {
  await stopProcess(server.process);
  letGo();
  await rm(server.folder, { recursive: true });
}

async function start() {
  const installation = await installSpark({ version: sparkVersions.newest }, effects);
  const { master, ...rest } = JSON.parse(settings);
  return startServer(installation, join(folder, 'server'), { master, ...withUi(rest, port) }, effects);
}
