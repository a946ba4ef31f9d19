import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../../src/engine/spark/server/cache-folder.ts';
import { withLock } from '../../../src/engine/spark/server/lock.ts';
import { runTool } from '../../../src/engine/spark/server/run-tool.ts';
import type { Matrix } from '../../../src/models/matrix.ts';

/** A model in ONNX, and the rows to predict. */
export interface OnnxCase {
  readonly onnx: Uint8Array;
  readonly rows: Matrix;
}

const packages = ['onnxruntime==1.23.2', 'onnx==1.19.1', 'numpy==2.2.6'];
const edition = 1;

/** Checks each model with ONNX's own checker, and predicts with ONNX Runtime, all in one process. */
export async function runOnnx(cases: readonly OnnxCase[]): Promise<Float64Array[]> {
  const python = await installOnnxRuntime();
  const folder = await mkdtemp(join(tmpdir(), 'refrain-onnx-'));
  try {
    for (const [k, { onnx }] of cases.entries()) await writeFile(join(folder, `${k}.onnx`), onnx);
    await writeFile(join(folder, 'rows.json'), JSON.stringify(cases.map(({ rows }) => columnsOf(rows))));
    await tool(python, fileURLToPath(new URL('predict.py', import.meta.url)), folder);
    const predicted: number[][] = JSON.parse(await readFile(join(folder, 'predicted.json'), 'utf8'));
    return predicted.map((values) => Float64Array.from(values));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** By name; null where a value is missing, the level's text for a category. */
function columnsOf({ names, columns, levels = [] }: Matrix): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    names.map((name, j) => [
      name,
      Array.from(columns[j], (x) => (Number.isNaN(x) ? null : (levels[j]?.[x] ?? x))),
    ]),
  );
}

/** A Python with ONNX Runtime from PyPI, in a virtual environment in the cache folder; made on first use. */
async function installOnnxRuntime(): Promise<string> {
  const folder = join(cacheFolder(process.env), `onnxruntime-${edition}`);
  await withLock(`${folder}.lock`, new AbortController().signal, async () => {
    if (existsSync(folder)) return;
    process.stderr.write('install ONNX Runtime …\n');
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await tool('python3', '-m', 'venv', partial);
    await tool(join(partial, 'bin', 'python'), '-m', 'pip', 'install', '--no-input', '--quiet', ...packages);
    await rename(partial, folder);
  });
  return join(folder, 'bin', 'python');
}

async function tool(file: string, ...args: string[]): Promise<void> {
  const result = await runTool(file, args, { env: process.env, signal: new AbortController().signal });
  if (result?.code !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${result?.output ?? ''}`);
}
