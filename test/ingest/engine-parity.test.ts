import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Definition, definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { openSpark } from '../../src/engine/spark/engine.ts';
import type { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { sparkServer } from '../spark/spark-server.ts';
import { csvFiles } from './csv-texts.ts';
import { definitions } from './definitions.ts';
import {
  endingFiles,
  halvedFiles,
  hostileNames,
  hostileText,
  namedFiles,
  packedFile,
} from './hostile-files.ts';
import { inFolder, ingestPaths, type OpenEngine, type Outcome, withDuckdb, writeFiles } from './ingested.ts';
import { parquetFiles, timeFiles } from './parquet-rows.ts';
import { hostileLines } from './random-lines.ts';

type Version = keyof typeof sparkVersions;

const { plain, packed } = endingFiles();
const jsonFiles = { 'log.json': hostileText(), ...plain, ...halvedFiles };

describe('Spark makes of a log what DuckDB makes of it: the same rows, bad lines, reasons, places and counts', () => {
  test('of hostile lines, ends of lines, compressed files, names of files, and CSV', () =>
    inFolder(async (folder) => {
      const hidden = namedFiles(['_SUCCESS.json', '.hidden.json', '_space and %20.json']);
      const named = { ...namedFiles(hostileNames), ...hidden };
      await writeFiles(folder, { ...jsonFiles, ...packed, ...packedFile, ...named, ...csvFiles });
      const paths = [folder, ...Object.keys(hidden).map((name) => join(folder, name))];
      await expectParity(paths, folder, sparkify, ['newest']);
    }));

  test('of Parquet with bad rows, odd types and partitions', () =>
    inFolder(async (folder) => {
      await writeParquet(folder, parquetFiles);
      await expectParity([folder], folder, sparkify, ['newest']);
    }));

  test('of times in every type of Parquet', () =>
    inFolder(async (folder) => {
      await writeParquet(folder, timeFiles);
      await expectParity([folder], folder, isoTimes, ['newest']);
    }));

  test.each([
    [300, 'few, which are judged'],
    [20_500, 'many, which are looked at closely'],
  ])('of a log whose first 2000 lines are like none of %d later ones: %s', (odd) =>
    inFolder(async (folder) => {
      const line = (i: number, page: string) =>
        `{"userId":"${i % 50}","ts":${1_538_352_000_000 + i},"sessionId":1,"page":"${page}"}\n`;
      const plain = Array.from({ length: 2000 }, (_, i) => line(i, 'Home'));
      const later = Array.from({ length: odd }, (_, i) => line(2000 + i, 'Caf\\u00e9'));
      await writeFiles(folder, { 'log.json': Buffer.from([...plain, ...later, '{"userId":\n'].join('')) });
      await expectParity([folder], folder, sparkify, ['newest']);
    }),
  );

  test.each(definitions)('of random lines of a definition: %s', (_, definition, example, odd) =>
    inFolder(async (folder) => {
      const lines = [
        ...[example, ...odd].map((row) => Buffer.from(JSON.stringify(row))),
        ...fc.sample(hostileLines(example), { numRuns: 2000, seed: 6 }),
      ];
      const ended = lines.flatMap((line) => [line, Buffer.from('\n')]);
      await writeFiles(folder, { 'log.json': Buffer.concat(ended) });
      await expectParity(
        [folder],
        folder,
        definition,
        definition === sparkify ? ['newest', 'oldest'] : ['newest'],
      );
    }),
  );
});

describe('Spark makes of files that it alone reads what DuckDB makes of local ones', () => {
  test('of hostile lines, ends of lines, names of files, and CSV', () =>
    inFolder(async (folder) => {
      const names = hostileNames.filter((name) => !name.includes(':'));
      await writeFiles(folder, { ...jsonFiles, ...namedFiles(names), ...csvFiles });
      await expectRemoteParity(folder);
    }));

  test('of Parquet with bad rows and partitions', () =>
    inFolder(async (folder) => {
      const some = Object.entries(parquetFiles).filter(([name]) => /^bytes|partition/.test(name));
      expect(some).toHaveLength(2);
      await writeParquet(folder, Object.fromEntries(some));
      await expectRemoteParity(folder);
    }));

  test('of compressed files, but for what nobody knows of them', () =>
    inFolder(async (folder) => {
      await writeFiles(folder, packed);
      await expectRemoteParity(folder, withoutBytes);
    }));
});

const isoTimes = definitionSchema.parse({
  name: 'visits',
  columns: {
    user: 'u',
    time: { column: 't', unit: 'iso' },
    session: 's',
    action: 'a',
    registered: { column: 'r', unit: 'iso' },
  },
  loss: { actions: ['quit'] },
});

/** Parquet files of the rows that queries give, by their path in the folder. */
function writeParquet(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  return withDuckdb(async (engine) => {
    for (const [name, select] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await engine.writeParquet(select, join(folder, name));
    }
  });
}

async function expectParity(
  paths: readonly string[],
  root: string,
  definition: Definition,
  on: readonly Version[],
): Promise<void> {
  const expected = comparable(await ingestPaths(paths, root, { definition }));
  expect(expected.quarantine.length).toBeGreaterThan(0);
  for (const version of on) {
    const found = await ingestPaths(paths, root, { definition, open: sparkOf(version) });
    expect(comparable(found), version).toEqual(expected);
  }
}

async function expectRemoteParity(
  folder: string,
  known: (outcome: Comparable) => Comparable = (outcome) => outcome,
): Promise<void> {
  const expected = known(remotely(comparable(await ingestPaths([folder], folder))));
  expect(expected.quarantine.length).toBeGreaterThan(0);
  const found = await ingestPaths([`file://${folder}`], folder, { open: sparkOf('newest', inPieces) });
  expect(known(comparable(found))).toEqual(expected);
}

/** Of a compressed file neither its bytes are known, nor whether it has a byte order mark. */
function withoutBytes(outcome: Comparable): Comparable {
  const { accounting } = outcome.ingested;
  return {
    ...outcome,
    quarantine: outcome.quarantine.map(({ offset: _, ...line }) => line),
    ingested: { ...outcome.ingested, accounting: { ...accounting, bytes: 0 } },
  };
}

/** An outcome as it is of files that only a cluster reads: they have a URL, and no hash. */
function remotely(outcome: Comparable): Comparable {
  const url = (path: string) => `file:${path}`;
  const { ingested } = outcome;
  return {
    ...outcome,
    ingested: {
      ...ingested,
      files: ingested.files.map(({ path, bytes }) => ({ path: url(path), bytes })),
      reasons: ingested.reasons.map((reason) => ({
        ...reason,
        example: { ...reason.example, file: url(reason.example.file) },
      })),
    },
  };
}

type Comparable = ReturnType<typeof comparable>;

function comparable({ ingested: { quarantinePath: _, ...ingested }, ...outcome }: Outcome) {
  return { ...outcome, ingested };
}

/** Files are read in pieces, several of them by one task. */
const inPieces = { 'spark.sql.files.maxPartitionBytes': '16k', 'spark.sql.files.openCostInBytes': '1k' };

function sparkOf(version: Version, settings: Readonly<Record<string, string>> = {}): OpenEngine {
  return async (workFolder, effects) => {
    const { remote } = await sparkServer({ version });
    const engine = await openSpark({ remote, workFolder }, effects);
    await engine.session.setConfig(settings);
    return engine;
  };
}
