import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverEnvironment } from '../../src/engine/spark/server/command.ts';
import { type Daemon, startDaemon } from '../../src/engine/spark/server/daemon.ts';
import { installSpark } from '../../src/engine/spark/server/install.ts';
import { stopProcess } from '../../src/engine/spark/server/stop.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import type { HasExecutors } from './executors.ts';
import { effects, type OwnServer, type OwnServerOptions, ownSparkServer } from './own-server.ts';

export interface StandaloneCluster extends HasExecutors {
  /** The Connect server, which is the cluster's driver. */
  readonly server: OwnServer;
  stop(): Promise<void>;
}

/** A master, two workers of one core and 1 GB each, and a Connect server on them: processes of their own, as on several machines. */
export async function standaloneCluster(options: OwnServerOptions = {}): Promise<StandaloneCluster> {
  const { version = sparkVersions.newest } = options;
  const { home } = await installSpark({ version }, effects);
  const folder = await mkdtemp(join(tmpdir(), 'refrain-cluster-'));
  const daemons: Daemon[] = [];
  const start = async (name: string, isUp: RegExp, args: readonly string[]): Promise<Daemon> => {
    const own = join(folder, name);
    await mkdir(own);
    const env = { ...serverEnvironment(home, process.env), ...small };
    const file = join(home, 'bin', 'spark-class');
    const command = { name, file, args, env, folder: own, log: join(own, 'log') };
    const daemon = await startDaemon(command, isUp, effects.signal);
    daemons.push(daemon);
    return daemon;
  };
  const stopDaemons = async () => {
    await Promise.all(daemons.map((daemon) => stopProcess(daemon.process)));
    for (const daemon of daemons) daemon.letGo();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const master = await start('master', /Starting Spark master at (spark:\S+)/, masterArguments);
    const workers = await Promise.all(
      ['worker-1', 'worker-2'].map((name) =>
        start(
          name,
          /Successfully registered with master (\S+)/,
          workerArguments(master.announced, join(folder, name, 'work')),
        ),
      ),
    );
    const server = await ownSparkServer({ ...options, master: master.announced });
    const stop = () => server.stop().finally(stopDaemons);
    return { server, launchers: workers.map((worker) => worker.process), stop };
  } catch (error) {
    await stopDaemons();
    throw error;
  }
}

const small = {
  SPARK_DAEMON_MEMORY: '256m',
  SPARK_DAEMON_JAVA_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
};
const local = ['--host', '127.0.0.1', '--port', '0', '--webui-port', '0'];
const masterArguments = ['org.apache.spark.deploy.master.Master', ...local];

function workerArguments(master: string, folder: string): string[] {
  const size = ['--cores', '1', '--memory', '1g', '--work-dir', folder];
  return ['org.apache.spark.deploy.worker.Worker', ...local, ...size, master];
}
