import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sparkServer } from '../../../spark/spark-server.ts';

const root = join(import.meta.dirname, '../../../..');
const page = await readFile(join(root, 'docs/spark-connect.md'), 'utf8');
const examples = page
  .split(/^## /m)
  .flatMap((section) =>
    [...section.matchAll(/^```js\n(.*?)^```$/gms)].map(
      ([, code]) => [section.split('\n', 1)[0], code] as const,
    ),
  );

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-docs-'));
  vi.stubEnv('SPARK_REMOTE', (await sparkServer()).remote);
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** What an example prints. */
async function printed(code: string): Promise<unknown[]> {
  const lines: unknown[] = [];
  vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(...values));
  const path = join(folder, `${examples.findIndex(([, each]) => each === code)}.mjs`);
  const entry = pathToFileURL(join(root, 'src/spark.ts')).href;
  await writeFile(path, code.replaceAll("'refrain/spark'", JSON.stringify(entry)));
  await import(/* @vite-ignore */ path);
  return lines;
}

test('there are examples', () => {
  expect(examples.map(([section]) => section)).toEqual([
    '# Spark from Node',
    'Queries',
    'Data in and out',
    'Progress and interruption',
    'Errors',
    'Spark ML',
  ]);
});

test.each(examples)('the example of "%s" runs', async (section, code) => {
  const lines = await printed(code);
  const expected: Record<string, unknown> = {
    '# Spark from Node': [[0, 1, 2, 3].map((id) => ({ id, square: id * id }))],
    Queries: [[0, 1, 2].map((id) => ({ id, who: "O'Brien" })), [{ n: 3 }], 100_000],
  };
  if (section in expected) expect(lines).toEqual(expected[section]);
  const text = JSON.stringify(lines);
  if (section === 'Data in and out') expect(text).toContain('"name":"ann"');
  if (section === 'Progress and interruption') {
    expect(lines).toContain('stopped, here and on the server');
    expect(lines.at(-1)).toBe('OPERATION_CANCELED');
  }
  if (section === 'Errors')
    expect(lines[1]).toMatchObject({ errorClass: 'DIVIDE_BY_ZERO', fragment: '1 / 0' });
  if (section === 'Spark ML') expect(lines.at(-1)).toHaveLength(100);
});
