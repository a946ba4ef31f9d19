import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Definition, definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { openSpark } from '../../src/engine/spark/engine.ts';
import { sparkServer } from '../spark/spark-server.ts';
import { csvFiles } from './csv-texts.ts';
import { definitions } from './definitions.ts';
import { endingFiles, hostileNames, hostileText, namedFiles, packedFile } from './hostile-files.ts';
import { inFolder, ingestPaths, type OpenEngine, type Outcome, withDuckdb, writeFiles } from './ingested.ts';
import { parquetFiles, timeFiles } from './parquet-rows.ts';
import { hostileLines } from './random-lines.ts';

const versions = ['newest', 'oldest'] as const;

describe('Spark makes of a log what DuckDB makes of it: the same rows, bad lines, reasons, places and counts', () => {
  test('of hostile lines, ends of lines, compressed files and names of files', () =>
    inFolder(async (folder) => {
      const files = {
        'log.json': hostileText(),
        ...endingFiles().plain,
        ...endingFiles().packed,
        ...namedFiles(hostileNames),
        ...packedFile,
      };
      await writeFiles(folder, files);
      await expectParity([folder], folder);
    }));

  test('of files that tools which write folders hide', () =>
    inFolder(async (folder) => {
      const names = ['_SUCCESS.json', '.hidden.json', '_space and %20.json'];
      await writeFiles(folder, namedFiles(names));
      await expectParity(
        names.map((name) => join(folder, name)),
        folder,
      );
    }));

  test('of Parquet with bad rows and odd types, and of CSV, beside each other', () =>
    inFolder(async (folder) => {
      await writeParquet(folder, parquetFiles);
      await writeFiles(folder, csvFiles);
      await expectParity([folder], folder);
    }));

  test('of times in every type of Parquet', () =>
    inFolder(async (folder) => {
      await writeParquet(folder, timeFiles);
      await expectParity([folder], folder, isoTimes);
    }));

  test.each(definitions)('of random lines of a definition: %s', (_, definition, example) =>
    inFolder(async (folder) => {
      const lines = [
        Buffer.from(JSON.stringify(example)),
        ...fc.sample(hostileLines(example), { numRuns: 3000, seed: 6 }),
      ];
      await writeFiles(folder, {
        'log.json': Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])),
      });
      await expectParity([folder], folder, definition);
    }),
  );
});

describe('Spark makes of files that it alone reads what DuckDB makes of local ones', () => {
  test('of hostile lines, ends of lines and names of files', () =>
    inFolder(async (folder) => {
      const names = hostileNames.filter((name) => !name.includes(':'));
      const files = { 'log.json': hostileText(), ...endingFiles().plain, ...namedFiles(names) };
      await writeFiles(folder, files);
      await expectRemoteParity(folder);
    }));

  test('of compressed files, whose bytes are those of their lines', () =>
    inFolder(async (folder) => {
      await writeFiles(folder, endingFiles().packed);
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

/** What cannot be known of a compressed file: whether it has a byte order mark, and whether its last line is ended. */
function withoutBytes(outcome: Comparable): Comparable {
  const { accounting } = outcome.ingested;
  return {
    ...outcome,
    quarantine: outcome.quarantine.map(({ offset: _, ...line }) => line),
    ingested: { ...outcome.ingested, accounting: { ...accounting, bytes: 0 } },
  };
}

async function expectRemoteParity(
  folder: string,
  known: (outcome: Comparable) => Comparable = (outcome) => outcome,
): Promise<void> {
  const expected = known(remotely(comparable(await ingestPaths([folder], folder))));
  expect(expected.quarantine.length).toBeGreaterThan(0);
  for (const version of versions) {
    const found = await ingestPaths([`file://${folder}`], folder, { open: sparkOf(version) });
    expect(known(comparable(found)), version).toEqual(expected);
  }
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

async function expectParity(
  paths: readonly string[],
  root: string,
  definition: Definition = sparkify,
): Promise<void> {
  const expected = comparable(await ingestPaths(paths, root, { definition }));
  expect(expected.quarantine.length).toBeGreaterThan(0);
  for (const version of versions) {
    const found = await ingestPaths(paths, root, { definition, open: sparkOf(version) });
    expect(comparable(found), version).toEqual(expected);
  }
}

type Comparable = ReturnType<typeof comparable>;

function comparable({ ingested: { quarantinePath: _, ...ingested }, ...outcome }: Outcome) {
  return { ...outcome, ingested };
}

function sparkOf(version: (typeof versions)[number]): OpenEngine {
  return async (workFolder, effects) => {
    const { remote } = await sparkServer({ version });
    return openSpark({ remote, workFolder }, effects);
  };
}
