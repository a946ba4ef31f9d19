import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Effects, silentEffects } from '../../src/effects.ts';
import type { ServerSettings } from '../../src/engine/spark/server/command.ts';
import { endWithThisProcess } from '../../src/engine/spark/server/end-with-process.ts';
import { installSpark } from '../../src/engine/spark/server/install.ts';
import { type SparkServer, startServer } from '../../src/engine/spark/server/start.ts';
import { stopServer } from '../../src/engine/spark/server/stop.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';

export interface OwnServerOptions extends ServerSettings {
  readonly version?: string;
}

export interface TestServer extends SparkServer {
  /** With the token: what `connect` and `--remote` take. */
  readonly remote: string;
  stop(): Promise<void>;
}

/** A server for one test alone, to be stopped by it; it ends with this process in any case. */
export async function ownSparkServer(options: OwnServerOptions = {}): Promise<TestServer> {
  const { version = sparkVersions.newest, ...settings } = options;
  const installation = await installSpark({ version }, effects);
  const folder = await mkdtemp(join(tmpdir(), 'refrain-spark-'));
  const server = await startServer(installation, folder, withDefaults(settings), effects).catch(
    async (error) => {
      await rm(folder, { recursive: true, force: true });
      throw error;
    },
  );
  const callOff = endWithThisProcess(server);
  return {
    ...server,
    remote: `${server.remote}/;token=${server.token}`,
    stop: async () => {
      await stopServer(server.process);
      callOff();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function withDefaults(settings: ServerSettings): ServerSettings {
  return {
    master: 'local[2]',
    memory: '2g',
    ...settings,
    conf: { 'spark.sql.shuffle.partitions': '4', ...settings.conf },
  };
}

/** Says on stderr what takes its time, so that nobody takes it for a test that hangs. */
const effects: Effects = {
  ...silentEffects,
  progress: ({ stage }) => process.stderr.write(`${stage} …\n`),
};
