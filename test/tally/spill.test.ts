import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Extent, readPartitions, writeNew } from '../../src/tally/spill.ts';
import { inFolder } from '../ingest/ingested.ts';

/** Two numbers, then one extent behind the other. */
function written(path: string, parts: readonly (readonly number[])[]): Extent[] {
  const bytes = (numbers: readonly number[]) => new Uint8Array(Int32Array.from(numbers).buffer);
  return writeNew(path, (write) => {
    write(bytes([7, 7]));
    return parts.map((numbers) => write(bytes(numbers)));
  });
}

test('partitions are read from every file, those that hold nothing, too', () =>
  inFolder(async (folder) => {
    const one = written(join(folder, 'one'), [[1, 2], [], [-3], [4, 5, 6]]);
    const other = written(join(folder, 'other'), [[], [], [10], [11]]);
    const partitions = one.map((extent, p) => [extent, other[p]]);
    const read = (from: number, to: number) =>
      readPartitions(partitions.slice(from, to)).map((sources) => sources.map((numbers) => [...numbers]));
    expect(read(0, 3)).toEqual([
      [[1, 2], []],
      [[], []],
      [[-3], [10]],
    ]);
    expect(read(3, 4)).toEqual([[[4, 5, 6], [11]]]);
  }));

test('a file that has lost its end is told by its name', () =>
  inFolder(async (folder) => {
    const [extent] = written(join(folder, 'short'), [[1, 2, 3]]);
    expect(() => readPartitions([[{ ...extent, length: 4 }]])).toThrow('short has lost its end');
  }));
