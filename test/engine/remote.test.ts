import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyFiles } from '../../src/engine/duckdb/remote.ts';
import { InputError } from '../../src/errors.ts';

// The object store itself needs an extension that only DuckDB's own server has; what is done with its answers is the same for files.
describe('copying what a URL names', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refrain-remote-'));
    await mkdir(join(folder, 'from'));
    await mkdir(join(folder, 'to'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const copy = async (pattern: string) => {
    const connection = await (await DuckDBInstance.create()).connect();
    return copyFiles(connection, join(folder, 'from', pattern), join(folder, 'to'));
  };

  test('keeps every byte, and the ending', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 39, 34, 0xef, 0xbb, 0xbf]);
    await writeFile(join(folder, 'from', "b'.json.gz"), bytes);
    await writeFile(join(folder, 'from', 'a.json'), '{}\n');
    const copies = await copy('*');
    expect(copies.map((path) => basename(path))).toEqual(['00000-a.json', "00001-b'.json.gz"]);
    expect(await readFile(copies[1])).toEqual(bytes);
    expect(await readFile(copies[0], 'utf8')).toBe('{}\n');
  });

  test('says that nothing is there', async () => {
    await expect(copy('none*.json')).rejects.toThrow(InputError);
    await expect(copy('none*.json')).rejects.toThrow(/No such object: .*none\*\.json/);
  });
});
