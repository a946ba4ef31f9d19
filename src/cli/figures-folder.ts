import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { SavedFigure } from '../report/browser/save-figures.ts';
import { storageError } from '../storage-error.ts';
import { writeWhole } from './output-file.ts';

/** @throws UsageError when there is more than pictures, or anything and it may not be replaced. */
export async function checkFiguresFolder(folder: string, force: boolean): Promise<void> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw new UsageError(`${folder} is no folder that can be read: ${cause.message}`, { figures: folder });
  });
  const others = names.filter((name) => !name.endsWith('.svg'));
  if (others.length > 0)
    throw new UsageError(`${folder} holds more than pictures (${others[0]}): give another --figures.`, {
      figures: folder,
    });
  if (names.length > 0 && !force)
    throw new UsageError(`${folder} is not empty. Give another --figures, or --force to write there.`, {
      figures: folder,
    });
}

/** Writes each picture whole; pictures of another report go, since nothing would tell them apart. @throws EngineError */
export async function writeFigures(folder: string, pictures: readonly SavedFigure[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw storageError(error, folder);
  }
  for (const { name, content } of pictures) await writeWhole(join(folder, name), content);
  const written = new Set(pictures.map(({ name }) => name));
  const others = (await readdir(folder)).filter((name) => name.endsWith('.svg') && !written.has(name));
  for (const name of others) await rm(join(folder, name));
}
