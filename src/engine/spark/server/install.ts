import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../../../effects.ts';
import { EngineError, RefrainError, UsageError } from '../../../errors.ts';
import { storageError } from '../../../storage-error.ts';
import { cacheFolder } from './cache-folder.ts';
import { withLock } from './lock.ts';
import { identify } from './process-identity.ts';
import { runTool, type ToolResult } from './run-tool.ts';

export interface SparkInstallation {
  readonly version: string;
  /** SPARK_HOME: the folder of the pyspark package, which has Spark's jars and scripts. */
  readonly home: string;
}

/**
 * The PyPI package pyspark of a version, in a virtual environment of its own in the cache folder. Installs it with pip
 * on first use (some 490 MB); a folder of its name is always whole, since it is made beside and renamed.
 * @throws UsageError for a version without a Connect server; EngineError when python3 or pip fail, with what they said.
 */
export async function installSpark(
  { version, env = process.env }: { readonly version: string; readonly env?: NodeJS.ProcessEnv },
  effects: Effects,
): Promise<SparkInstallation> {
  if (process.platform === 'win32') {
    throw new EngineError(
      'A local Spark server needs Linux or macOS. On Windows start it inside WSL, or use one elsewhere.',
    );
  }
  const folder = installationFolder(version, env);
  if (!existsSync(folder)) {
    effects.progress({ stage: `install Spark ${version}`, done: 0, unit: 'steps' });
    await withLock(`${folder}.lock`, effects.signal, async () => {
      if (!existsSync(folder)) await installInto(folder, version, env, effects.signal);
    }).catch((error) => {
      throw error instanceof RefrainError ? error : storageError(error, folder);
    });
  }
  const home = sparkHome(folder);
  if (home === undefined) {
    throw new EngineError(
      `${folder} holds no pyspark with a Connect server. Something removed a part of it: delete the folder, and it is installed again.`,
      { folder },
    );
  }
  return { version, home };
}

/**
 * Where a version is installed, or will be.
 * @throws UsageError for a version without a Connect server.
 */
export function installationFolder(version: string, env: NodeJS.ProcessEnv): string {
  requireConnect(version);
  return join(cacheFolder(env), `spark-${version}`);
}

/** Spark's Connect server is part of the pyspark package since 4.0. */
function requireConnect(version: string): void {
  const match = /^(\d+)\.\d+\.\d+(?:\.?[a-z]+\d+)?$/.exec(version);
  if (match !== null && Number(match[1]) >= 4) return;
  throw new UsageError(`Spark ${version} cannot be used: expected a version such as 4.3.0, from 4.0.0 on.`, {
    version,
  });
}

async function installInto(
  folder: string,
  version: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  await removeLeftovers(folder);
  const partial = `${folder}.partial-${process.pid}`;
  try {
    await mkdir(partial, { recursive: true });
    const run = (file: string, ...args: string[]) => runTool(file, args, { env: pythonEnv(env), signal });
    requireVenv(await run('python3', '-m', 'venv', partial));
    const pip = join(partial, 'bin', 'python');
    requireInstalled(
      version,
      await run(pip, '-m', 'pip', 'install', '--no-input', '--no-cache-dir', `pyspark==${version}`),
    );
    if (sparkHome(partial) === undefined) {
      throw new EngineError(`The package pyspark ${version} has no Connect server in it.`, { version });
    }
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** What killed installations have left. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = join(folder, '..');
  const start = `${folder.slice(parent.length + 1)}.partial-`;
  for (const name of readdirSync(parent)) {
    if (name.startsWith(start) && identify(Number(name.slice(start.length))) === undefined) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

/** A caller's own Python environment must not leak into the new one. */
function pythonEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PYTHONHOME: _home, PYTHONPATH: _path, VIRTUAL_ENV: _venv, PIP_TARGET: _target, ...rest } = env;
  return rest;
}

function requireVenv(made: ToolResult | undefined): void {
  if (made === undefined) {
    throw new EngineError(
      'Installing Spark needs python3 with its venv module, and there is no python3 on the PATH. Install Python 3.10 or newer (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python).',
    );
  }
  if (made.code === 0) return;
  throw new EngineError(
    `python3 could not make a virtual environment. Debian and Ubuntu have its module apart: apt-get install python3-venv. It said:\n${lastLines(made.output)}`,
    { output: made.output },
  );
}

function requireInstalled(version: string, installed: ToolResult | undefined): void {
  if (installed?.code === 0) return;
  const output = installed?.output ?? 'The new environment has no python.';
  throw new EngineError(
    `pip could not install pyspark ${version}; nothing was kept. It needs PyPI or a mirror of it (pip's own settings such as PIP_INDEX_URL and HTTPS_PROXY apply), and 1.5 GB of disk while it works. It said:\n${lastLines(output)}`,
    { version, output },
  );
}

function sparkHome(folder: string): string | undefined {
  const lib = join(folder, 'lib');
  if (!existsSync(lib)) return undefined;
  return readdirSync(lib)
    .map((python) => join(lib, python, 'site-packages', 'pyspark'))
    .find((home) => existsSync(join(home, 'bin', 'spark-submit')) && hasConnectJar(join(home, 'jars')));
}

function hasConnectJar(jars: string): boolean {
  return existsSync(jars) && readdirSync(jars).some((name) => /^spark-connect_.*\.jar$/.test(name));
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-8).join('\n');
}
