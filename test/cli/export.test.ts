import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import { modelFileText } from '../../src/pipeline/model-file.ts';
import { synthetic } from '../models/synthetic.ts';
import { refrain } from './refrain.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-export-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  const model = logisticRegression.fit(synthetic(200, 3), logisticRegression.defaults, 1);
  const about = { protocol: 'forecast', leadDays: 1, horizonDays: 14, definition: sparkify } as const;
  writeFileSync(at('model.json'), modelFileText(about, { threshold: 0.25, model }));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('refrain export', () => {
  test('writes SQL to stdout, and nothing else', async () => {
    const { code, stdout, stderr } = await refrain('export', folder, '--format', 'sql', '--keep', 'user');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^-- Probability of a loss.*\n--.*\nselect kept0 as "user"/);
  });

  test('writes a file whole, tells of it, and replaces it only when asked', async () => {
    const args = ['export', folder, '--format', 'onnx', '--out', at('churn.onnx')];
    const { code, stdout } = await refrain(...args, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: at('churn.onnx'), format: 'onnx', features: 5 });
    expect(readFileSync(at('churn.onnx')).length).toBeGreaterThan(1000);
    const again = await refrain(...args);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    expect((await refrain(...args, '--force')).stdout).toBe(`${at('churn.onnx')}\n`);
  });

  test('says what is missing', async () => {
    const binary = await refrain('export', folder, '--format', 'onnx');
    expect([binary.code, binary.stderr]).toEqual([2, expect.stringContaining('Name a file with --out')]);
    const model = await refrain('export', at('nowhere'), '--format', 'json');
    expect([model.code, model.stderr]).toEqual([3, expect.stringContaining('There is no model at')]);
  });
});
