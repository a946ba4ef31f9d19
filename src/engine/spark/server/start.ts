import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Effects } from '../../../effects.ts';
import { EngineError, InterruptedError } from '../../../errors.ts';
import { connect } from '../connect/session.ts';
import {
  logProperties,
  type ServerSettings,
  serverArguments,
  serverEnvironment,
  serverProperties,
} from './command.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import type { SparkInstallation } from './install.ts';
import { requireJava } from './java.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { stopProcess } from './stop.ts';

/** A Spark Connect server on this machine. */
export interface SparkServer {
  readonly version: string;
  readonly master: string;
  readonly port: number;
  /** Without the token: `sc://127.0.0.1:15002`. */
  readonly remote: string;
  /** What a client must send. */
  readonly token: string;
  readonly process: ProcessIdentity;
  /** All that the server writes, its log too. */
  readonly folder: string;
  readonly log: string;
}

/**
 * Starts a Connect server in a process group of its own and waits until it has answered over its socket.
 * @param folder its own, made when missing.
 * @returns the server, and `letGo`: until that is called, server and folder go when this process dies.
 * @throws UsageError for settings that cannot be; EngineError, with the end of the server's log when it does not come up.
 */
export async function startServer(
  installation: SparkInstallation,
  folder: string,
  settings: ServerSettings,
  effects: Effects,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly server: SparkServer; readonly letGo: () => void }> {
  const { master = 'local[*]', token = randomBytes(32).toString('base64url') } = settings;
  const propertiesFile = join(folder, 'spark.properties');
  const properties = serverProperties(settings, folder);
  if (settings.port !== undefined) await requireFree(settings.port);
  await requireJava(env, effects.signal);
  effects.progress({ stage: `start Spark ${installation.version}`, done: 0, unit: 'steps' });
  for (const name of ['local', 'tmp']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(propertiesFile, properties, { mode: 0o600 });
  await writeFile(join(folder, 'log4j2.properties'), logProperties);
  const home = master.startsWith('local-cluster') ? await ownHome(installation, folder) : installation.home;
  const log = join(folder, 'server.log');
  const daemon = await startDaemon(
    {
      name: 'Spark server',
      file: join(home, 'bin', 'spark-submit'),
      args: serverArguments({ ...settings, master }, propertiesFile),
      env: { ...serverEnvironment(home, env), SPARK_CONNECT_AUTHENTICATE_TOKEN: token },
      folder,
      log,
    },
    /Spark Connect server started at: \S*:(\d+)/,
    effects.signal,
  );
  const port = Number(daemon.announced);
  const remote = `sc://127.0.0.1:${port}`;
  try {
    if (settings.port !== undefined && port !== settings.port) throw portError(settings.port, 'it is in use');
    const version = await firstAnswer(daemon, remote, token, effects.signal);
    const server = { version, master, port, remote, token, process: daemon.process, folder, log };
    return { server, letGo: daemon.letGo };
  } catch (error) {
    await stopProcess(daemon.process);
    daemon.letGo();
    throw error;
  }
}

/** A SPARK_HOME of links: `local-cluster` writes to `work` inside it, and an installation is everybody's. */
async function ownHome({ home }: SparkInstallation, folder: string): Promise<string> {
  const own = join(folder, 'home');
  await mkdir(own, { recursive: true });
  for (const name of await readdir(home)) {
    if (name !== 'work') await symlink(join(home, name), join(own, name));
  }
  return own;
}

/** Asked first, since Spark quietly moves to the next port when one is taken. */
async function requireFree(port: number): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw portError(port, reason, { cause: error });
  } finally {
    probe.close();
  }
}

function portError(port: number, reason: string, options?: ErrorOptions): EngineError {
  return new EngineError(
    `Port ${port} of this machine cannot be used: ${reason}. Choose another, or none: then a free one is taken.`,
    { port },
    options,
  );
}

async function firstAnswer(
  daemon: Daemon,
  remote: string,
  token: string,
  signal: AbortSignal,
): Promise<string> {
  try {
    const session = await connect(remote, { token, signal });
    await session.close();
    return session.serverVersion;
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const failure = await daemon.failure('does not answer');
    failure.cause = error;
    throw failure;
  }
}
