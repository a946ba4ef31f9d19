// node shape.mjs LOG FOLDER SERVER: reads the log on DuckDB and on a Spark of its own, compares what they give, and tells what each process of Spark took;
// SERVER is the settings of that Spark as JSON.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installSpark } from '../../dist/engine/spark/server/install.js';
import { startServer } from '../../dist/engine/spark/server/start.js';
import { stopProcess } from '../../dist/engine/spark/server/stop.js';
import { sparkVersions } from '../../dist/engine/spark/server/versions.js';
import { defaultLearnSettings, defaultReadSettings, silentEffects } from '../../dist/index.js';
import { verifyEngines } from '../../dist/pipeline/verify-engines.js';
import { SparkProcesses } from '../spark-processes.mjs';

const [log, folder, settings] = process.argv.slice(2);
const effects = { ...silentEffects, threads: 2 };

const installation = await installSpark({ version: sparkVersions.newest }, effects);
const { server, letGo } = await startServer(
  installation,
  join(folder, 'server'),
  JSON.parse(settings),
  effects,
);
const processes = new SparkProcesses(server.process.pid);
const timer = setInterval(() => processes.sample(), 100);
try {
  const { remote, token, version } = server;
  const { comparisons, seconds, notes } = await verifyEngines(
    { ...defaultReadSettings, ...defaultLearnSettings, log: [log], spark: { remote, token } },
    effects,
  );
  processes.sample();
  const found = { version, comparisons, seconds, notes, processes: processes.totals() };
  process.stdout.write(`${JSON.stringify(found)}\n`);
} finally {
  clearInterval(timer);
  await stopProcess(server.process);
  letGo();
  await rm(server.folder, { recursive: true });
}
