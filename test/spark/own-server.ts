import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Effects, silentEffects } from '../../src/effects.ts';
import type { ServerSettings } from '../../src/engine/spark/server/command.ts';
import { installSpark } from '../../src/engine/spark/server/install.ts';
import { type SparkServer, startServer } from '../../src/engine/spark/server/start.ts';
import { killGroup, stopProcess } from '../../src/engine/spark/server/stop.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';

export interface OwnServerOptions extends ServerSettings {
  readonly version?: string;
}

export interface OwnServer extends SparkServer {
  /** With the token: `connect(remote)` is all it takes. */
  readonly remote: string;
  /** Ends it and removes its folder; may be called again. */
  stop(): Promise<void>;
  /** Kills it at once, as a crash would. */
  kill(): void;
  /** Ends it if it still runs, and starts another with the same settings, port and token. This object is of no use then. */
  restart(): Promise<OwnServer>;
}

/**
 * A server for one test alone, which stops it: `local[2]`, UTC, 4 shuffle partitions and 2 GB unless told otherwise. It
 * ends with this process in any case.
 */
export async function ownSparkServer(options: OwnServerOptions = {}): Promise<OwnServer> {
  const { version = sparkVersions.newest, ...settings } = options;
  const installation = await installSpark({ version }, effects);
  const folder = await mkdtemp(join(tmpdir(), 'refrain-spark-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const started = startServer(installation, folder, withDefaults(settings), effects);
  const { server, letGo } = await started.catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  const stop = async () => {
    await stopProcess(server.process);
    letGo();
    await removeFolder();
  };
  return {
    ...server,
    remote: `${server.remote}/;token=${server.token}`,
    stop,
    kill: () => killGroup(server.process.pid),
    restart: async () => {
      await stop();
      return ownSparkServer({ ...options, port: server.port, token: server.token });
    },
  };
}

function withDefaults(settings: ServerSettings): ServerSettings {
  return {
    master: 'local[2]',
    memory: '2g',
    ...settings,
    conf: {
      'spark.sql.shuffle.partitions': '4',
      // A server that lives for a minute never earns back what the optimising compiler costs: half of its processor time.
      'spark.driver.extraJavaOptions': '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
      'spark.executor.extraJavaOptions': '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
      ...settings.conf,
    },
  };
}

/** Says on stderr what takes its time, so that nobody takes it for a test that hangs. */
export const effects: Effects = {
  ...silentEffects,
  progress: ({ stage }) => process.stderr.write(`${stage} …\n`),
};
