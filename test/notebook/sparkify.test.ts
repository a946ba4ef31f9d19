import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runTool } from '../../src/engine/spark/server/run-tool.ts';
import { pythonEnvironment } from '../python-environment.ts';

const notebooks = new URL('../../notebooks/', import.meta.url);
const committed = fileURLToPath(new URL('sparkify.ipynb', notebooks));

const cellSchema = z.object({
  cell_type: z.enum(['code', 'markdown']),
  source: z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(''))]),
  outputs: z
    .array(z.object({ output_type: z.string(), data: z.record(z.string(), z.unknown()).default({}) }))
    .default([]),
});

async function readCells(path: string) {
  const text = await readFile(path, 'utf8');
  return z.object({ cells: z.array(cellSchema) }).parse(JSON.parse(text)).cells;
}

/** Of the outputs of every code cell, what a reader sees: their MIME types, or the kind of a stream. */
function kindsOf(cells: Awaited<ReturnType<typeof readCells>>): string[][] {
  return cells
    .filter((cell) => cell.cell_type === 'code')
    .map(({ outputs }) => [
      ...new Set(outputs.map(({ output_type, data }) => Object.keys(data).sort().join() || output_type)),
    ]);
}

/** Executes a notebook as its README says, in an environment with what it requires. */
async function execute(source: string, target: string, env: Readonly<Record<string, string>>) {
  const requirements = fileURLToPath(new URL('requirements.txt', notebooks));
  const environment = await pythonEnvironment('notebook-1', ['-r', requirements]);
  return runTool(
    join(environment, 'bin', 'python'),
    [fileURLToPath(new URL('execute.py', notebooks)), source, target],
    { env: { ...process.env, ...env }, signal: new AbortController().signal },
  );
}

function notebookOf(sources: readonly string[]): string {
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    id: `cell-${i}`,
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

describe('the notebook', () => {
  let folder: string;
  let executed: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refrain-notebook-'));
    executed = join(folder, 'executed.ipynb');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('runs from its first cell to its last on a small log, and shows tables and charts where the committed one does', async () => {
    const result = await execute(committed, executed, {
      SPARKIFY_USERS: '60',
      SPARKIFY_DAYS: '45',
      SPARKIFY_REPLICATES: '100',
      SPARKIFY_SUFFICIENCY: 'no',
    });
    expect(result?.code, result?.output).toBe(0);
    const [now, before] = [await readCells(executed), await readCells(committed)];
    expect(now.map(({ source }) => source)).toEqual(before.map(({ source }) => source));
    expect(kindsOf(now)).toEqual(kindsOf(before));
    const charts = now.flatMap(({ outputs }) => outputs).flatMap(({ data }) => data['image/svg+xml'] ?? []);
    expect(charts.length).toBeGreaterThan(4);
    for (const chart of charts) expect(String(chart)).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('ends where a cell fails, says why, and writes nothing', async () => {
    const failing = join(folder, 'failing.ipynb');
    const cells = ['const before = 1;', 'throw new RangeError("broken " + before);', 'before;'];
    await writeFile(failing, notebookOf(cells));
    const result = await execute(failing, join(folder, 'failed.ipynb'), {});
    expect(result?.code).toBe(1);
    expect(result?.output).toContain('throw new RangeError');
    expect(result?.output).toContain('broken 1');
    await expect(readFile(join(folder, 'failed.ipynb'))).rejects.toThrow('ENOENT');
  });

  test('holds no path of a machine, no colour codes of a terminal and no error', async () => {
    const text = await readFile(committed, 'utf8');
    expect(text).not.toMatch(/\/tmp\/|\/home\/|\/root\/|\/Users\/|\\u001b/);
    expect(text).not.toContain('"output_type": "error"');
  });
});
