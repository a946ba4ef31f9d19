import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { sparkify } from '../../src/definition/sparkify.ts';
import { defaultLearnSettings, type RunSettings } from '../../src/pipeline/settings.ts';
import { createRandom } from '../../src/random.ts';

/** Settings of a run that takes seconds: two quick learners, few replicates. */
export const quickRun: Omit<RunSettings, 'log' | 'out'> = {
  ...defaultLearnSettings,
  definition: sparkify,
  maxBadRows: { count: 0 },
  force: false,
  learners: ['logistic-regression', 'gradient-boosting'],
  folds: 3,
  replicates: 100,
  horizonDays: 10,
};

export async function writeText(path: string, text: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

/** The lines of a text in another order. */
export function shuffledLines(text: string, seed: number): string[] {
  const lines = text.split('\n').filter((line) => line !== '');
  createRandom(seed).shuffle(lines);
  return lines;
}

/** Paths of all files below a folder, relative to it, sorted. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The contents of the files below a folder whose paths match, by path. */
export async function textsIn(folder: string, pattern: RegExp): Promise<Record<string, string>> {
  const paths = (await filesIn(folder)).filter((path) => pattern.test(path));
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
  return Object.fromEntries(paths.map((path, i) => [path, texts[i]]));
}
