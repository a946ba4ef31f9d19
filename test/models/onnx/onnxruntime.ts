import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Matrix } from '../../../src/models/matrix.ts';
import { pythonEnvironment, tool } from '../../python-environment.ts';

/** A model in ONNX, and the rows to predict. */
export interface OnnxCase {
  readonly onnx: Uint8Array;
  readonly rows: Matrix;
}

const packages = ['onnxruntime==1.23.2', 'onnx==1.19.1', 'numpy==2.2.6'];

/** Checks each model with ONNX's own checker, and predicts with ONNX Runtime, all in one process. */
export async function runOnnx(cases: readonly OnnxCase[]): Promise<Float64Array[]> {
  const python = join(await pythonEnvironment('onnxruntime-1', packages), 'bin', 'python');
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
