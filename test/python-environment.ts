import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../src/engine/spark/server/cache-folder.ts';
import { withLock } from '../src/engine/spark/server/lock.ts';
import { runTool } from '../src/engine/spark/server/run-tool.ts';

/**
 * Folder of a virtual environment with packages from PyPI, in the cache folder; made on first use, whole beside its place and renamed. Start
 * its modules by `bin/python -m`: scripts hold the path where it was made.
 * @param name tells environments apart; another one for other packages.
 * @param finish makes what else belongs in it, given where it is made and where it will be.
 */
export async function pythonEnvironment(
  name: string,
  packages: readonly string[],
  finish: (made: string, place: string) => Promise<void> = async () => {},
): Promise<string> {
  const folder = join(cacheFolder(process.env), name);
  await withLock(`${folder}.lock`, new AbortController().signal, async () => {
    if (existsSync(folder)) return;
    process.stderr.write(`install ${name} …\n`);
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await tool('python3', '-m', 'venv', partial);
    const pip = ['-m', 'pip', 'install', '--no-input', '--quiet', ...packages];
    await tool(join(partial, 'bin', 'python'), ...pip);
    await finish(partial, folder);
    await rename(partial, folder);
  });
  return folder;
}

/** Runs a program to its end. @throws Error with what it said, unless it ends with 0. */
export async function tool(file: string, ...args: string[]): Promise<void> {
  const result = await runTool(file, args, { env: process.env, signal: new AbortController().signal });
  if (result?.code !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${result?.output ?? ''}`);
}
