import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Effects, throwIfAborted } from '../../../effects.ts';
import { EngineError } from '../../../errors.ts';
import {
  logProperties,
  type ServerSettings,
  serverCommand,
  serverEnvironment,
  serverProperties,
} from './command.ts';
import type { SparkInstallation } from './install.ts';
import { requireJava } from './java.ts';
import { identify, type ProcessIdentity } from './process-identity.ts';
import { askVersion } from './ready.ts';
import { stopServer } from './stop.ts';

/** A Spark Connect server on this machine. It lives on when this process ends. */
export interface SparkServer {
  readonly version: string;
  readonly master: string;
  readonly port: number;
  /** Without the token: `sc://127.0.0.1:15002`. */
  readonly remote: string;
  /** What a client must send. */
  readonly token: string;
  readonly process: ProcessIdentity;
  /** All that the server writes; goes when it is stopped. */
  readonly folder: string;
  readonly log: string;
}

const secondsToStart = 180;

/**
 * Starts a Connect server in a process group of its own and waits until it has answered a question over its socket.
 * @param folder an own folder for it, made when missing.
 * @throws EngineError with the end of the server's log when it does not come up.
 */
export async function startServer(
  installation: SparkInstallation,
  folder: string,
  settings: ServerSettings,
  effects: Effects,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SparkServer> {
  const properties = serverProperties(settings, folder);
  await requireJava(env, effects.signal);
  effects.progress({ stage: `start Spark ${installation.version}`, done: 0, unit: 'steps' });
  for (const name of ['local', 'tmp']) await mkdir(join(folder, name), { recursive: true });
  const propertiesFile = join(folder, 'spark.properties');
  await writeFile(propertiesFile, properties, { mode: 0o600 });
  await writeFile(join(folder, 'log4j2.properties'), logProperties);
  const log = join(folder, 'server.log');
  const { token = randomBytes(32).toString('base64url') } = settings;
  const child = await spawnServer(installation, settings, { folder, propertiesFile, log, token, env });
  const started = { process: await identityOf(child), folder };
  try {
    const port = await waitForPort(child, log, effects.signal);
    requirePort(settings.port ?? 0, port);
    const version = await firstAnswer(child, log, askVersion(port, token));
    const remote = `sc://127.0.0.1:${port}`;
    return { version, master: settings.master ?? 'local[*]', port, remote, token, log, ...started };
  } catch (error) {
    await stopServer(started.process);
    throw error;
  }
}

async function spawnServer(
  installation: SparkInstallation,
  settings: ServerSettings,
  at: {
    readonly folder: string;
    readonly propertiesFile: string;
    readonly log: string;
    readonly token: string;
    readonly env: NodeJS.ProcessEnv;
  },
): Promise<ChildProcess> {
  const { file, args } = serverCommand(installation, settings, at.propertiesFile);
  const output = await open(at.log, 'w', 0o600);
  try {
    const child = spawn(file, args, {
      cwd: at.folder,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: serverEnvironment(installation, at.token, at.env),
    });
    child.unref();
    return child;
  } finally {
    await output.close();
  }
}

async function identityOf(child: ChildProcess): Promise<ProcessIdentity> {
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw new EngineError(`Cannot start ${child.spawnfile}: ${error.message}.`, {}, { cause: error });
  }
  return identify(child.pid) ?? { pid: child.pid, start: 'ended' };
}

/** The port stands in the log, since the system has chosen it. */
async function waitForPort(child: ChildProcess, log: string, signal: AbortSignal): Promise<number> {
  const tooLate = AbortSignal.timeout(secondsToStart * 1000);
  for (;;) {
    throwIfAborted(signal);
    const match = /Spark Connect server started at: \S*:(\d+)/.exec(await readFile(log, 'utf8'));
    if (match !== null) return Number(match[1]);
    if (hasEnded(child)) throw await startError('ended while starting', log);
    if (tooLate.aborted) throw await startError(`did not come up in ${secondsToStart} s`, log);
    await sleep(100);
  }
}

/** Spark moves to the next port when one is taken. */
function requirePort(asked: number, port: number): void {
  if (asked === 0 || asked === port) return;
  throw new EngineError(`Port ${asked} is in use. Choose another with --port, or leave it out.`, {
    port: asked,
  });
}

async function firstAnswer(child: ChildProcess, log: string, asked: Promise<string>): Promise<string> {
  const tooLate = new AbortController();
  const failed = async (): Promise<never> => {
    for (let waited = 0; !hasEnded(child) && waited < secondsToStart; waited += 0.1) {
      await sleep(100, undefined, { signal: tooLate.signal });
    }
    throw await startError('did not answer', log);
  };
  try {
    return await Promise.race([asked, failed()]);
  } finally {
    tooLate.abort();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function startError(what: string, log: string): Promise<EngineError> {
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  return new EngineError(`The Spark server ${what}. The end of its log:\n${lines.slice(-20).join('\n')}`, {
    log: lines.slice(-200).join('\n'),
  });
}
