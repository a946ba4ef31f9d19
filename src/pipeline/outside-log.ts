import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';

/** @throws UsageError when `out` lies in a folder of the log, where the next run would take it for a part of the log. */
export async function checkOutsideLog(out: string, log: readonly string[]): Promise<void> {
  for (const path of log) {
    const info = await stat(path).catch(() => undefined);
    if (!info?.isDirectory()) continue;
    const [first] = relative(resolve(path), resolve(out)).split(sep);
    if (first === '' || first === '..') continue;
    throw new UsageError(
      `${out} lies in ${path}, where the next run would read it as a part of the log. Give an --out outside.`,
      { out, log: path },
    );
  }
}
