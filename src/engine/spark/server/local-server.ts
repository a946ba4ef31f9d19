import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Effects } from '../../../effects.ts';
import { EngineError, InterruptedError, UsageError } from '../../../errors.ts';
import { SparkError } from '../connect/error.ts';
import { connect } from '../connect/session.ts';
import { cacheFolder } from './cache-folder.ts';
import type { ServerSettings } from './command.ts';
import { installSpark } from './install.ts';
import { withLock } from './lock.ts';
import { isAlive } from './process-identity.ts';
import { startServer } from './start.ts';
import { stopProcess } from './stop.ts';

/** What is on file about the one server that a user may have running. Its token lies in a file of its own. */
export type LocalServer = z.infer<typeof localServer>;

const localServer = z.object({
  version: z.string(),
  master: z.string(),
  port: z.number().int(),
  remote: z.string(),
  process: z.object({ pid: z.number().int(), start: z.string() }),
  /** When, in ISO 8601 and UTC. */
  started: z.string(),
  folder: z.string(),
  log: z.string(),
  tokenFile: z.string(),
});

export interface Found {
  readonly server: LocalServer;
  readonly state: 'running' | 'silent' | 'gone';
}

export interface StartOptions extends ServerSettings {
  readonly version: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Installs Spark if need be, starts the user's server, which goes on after this process, and puts it on file.
 * @throws UsageError when there is one already.
 */
export function startLocalServer(options: StartOptions, effects: Effects): Promise<LocalServer> {
  const { version, env = process.env, ...settings } = options;
  const files = filesIn(cacheFolder(env));
  return withLock(files.lock, effects.signal, async () => {
    const found = await readState(files.state);
    if (found !== undefined && isAlive(found.process)) throw runsAlready(found);
    const installation = await installSpark({ version, env }, effects);
    await rm(files.folder, { recursive: true, force: true });
    await mkdir(files.folder, { recursive: true, mode: 0o700 });
    const started = startServer(installation, files.server, settings, effects, env);
    const { server, letGo } = await started.catch(async (error: unknown) => {
      await rm(files.folder, { recursive: true, force: true });
      throw error;
    });
    const { token, ...plain } = server;
    const state = { ...plain, started: new Date(effects.now()).toISOString(), tokenFile: files.token };
    await writeFile(files.token, token, { mode: 0o600 });
    await writeFile(files.state, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    letGo();
    return state;
  });
}

/** Ends the user's server and removes what it wrote. @returns undefined when there was nothing. */
export function stopLocalServer(
  effects: Effects,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly server: LocalServer; readonly outcome: 'gone' | 'ended' | 'killed' } | undefined> {
  const files = filesIn(cacheFolder(env));
  return withLock(files.lock, effects.signal, async () => {
    const server = await readState(files.state);
    if (server === undefined) return undefined;
    const outcome = await stopProcess(server.process);
    await rm(files.folder, { recursive: true, force: true });
    return { server, outcome };
  });
}

/** @returns the user's server and how it is: `silent` when it runs but does not answer in 5 s, `gone` when it has ended otherwise than by `stop`. */
export async function findLocalServer(env: NodeJS.ProcessEnv = process.env): Promise<Found | undefined> {
  const server = await readState(filesIn(cacheFolder(env)).state);
  if (server === undefined) return undefined;
  if (!isAlive(server.process)) return { server, state: 'gone' };
  return { server, state: (await answers(server)) ? 'running' : 'silent' };
}

async function answers({ remote, tokenFile }: LocalServer): Promise<boolean> {
  const token = await readFile(tokenFile, 'utf8');
  try {
    const session = await connect(remote, { token, signal: AbortSignal.timeout(5000) });
    await session.close();
    return true;
  } catch (error) {
    if (error instanceof SparkError || error instanceof InterruptedError) return false;
    throw error;
  }
}

function filesIn(cache: string) {
  const folder = join(cache, 'spark-server');
  return {
    folder,
    lock: `${folder}.lock`,
    server: join(folder, 'server'),
    state: join(folder, 'server.json'),
    token: join(folder, 'token'),
  };
}

async function readState(path: string): Promise<LocalServer | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return localServer.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const mend = 'End the server, if one runs, by its pid, and delete the folder of the file.';
    throw new EngineError(
      `${path} does not hold what Refrain has put there. ${mend}`,
      { path },
      { cause: error },
    );
  }
}

function runsAlready({ version, remote, process }: LocalServer): UsageError {
  return new UsageError(
    `Spark ${version} runs already, at ${remote} (pid ${process.pid}). Use it, or end it first: refrain spark stop`,
    { remote, pid: process.pid },
  );
}
