import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { InputError } from '../../src/errors.ts';
import type { Model } from '../../src/models/model.ts';
import { sha256 } from '../../src/pipeline/manifest.ts';
import { modelFileText, readModelFile } from '../../src/pipeline/model-file.ts';

const model: Model = {
  kind: 'logistic-regression',
  features: ['days_since_last_event'],
  terms: [{ part: 'value', feature: 0, median: 1, mean: 2, sd: 3 }],
  coefficients: [0.5],
  intercept: -1,
};
const { outcomes: _others, ...definition } = sparkify;
const about = { protocol: 'forecast', leadDays: 1, horizonDays: 14, definition } as const;
const text = modelFileText(about, { threshold: 0.2, model });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-model-'));
  path = join(folder, 'model.json');
  await writeFile(path, text);
});
afterEach(() => rm(folder, { recursive: true }));

const writeManifest = (manifest: unknown) => writeFile(join(folder, 'run.json'), JSON.stringify(manifest));

it('a folder gives its model, checked against the hash of its manifest', async () => {
  await writeManifest({ version: '1', modelSha256: sha256(text) });
  const { file, sha256: hash } = await readModelFile(folder);
  expect(file).toEqual({ format: 1, ...about, threshold: 0.2, model });
  expect(hash).toBe(sha256(text));
});

it('knows the outcome that it forecasts, and of the definition not what else it could have', async () => {
  const outcome = { kind: 'silence', name: 'quiet', word: 'silence', days: 14 } as const;
  await writeFile(
    path,
    modelFileText({ ...about, definition: sparkify, outcome }, { threshold: 0.2, model }),
  );
  const { file } = await readModelFile(path);
  expect(file).toEqual({ format: 1, ...about, outcome, threshold: 0.2, model });
});

it('a model that was changed after its run is refused, unless it is named itself', async () => {
  await writeManifest({ modelSha256: sha256(text) });
  await writeFile(path, (await readFile(path, 'utf8')).replace('"intercept":-1', '"intercept":9'));
  await expect(readModelFile(folder)).rejects.toThrow(InputError);
  await expect(readModelFile(folder)).rejects.toThrow(/not the model that run.json tells of/);
  expect((await readModelFile(path)).file.model).toMatchObject({ intercept: 9 });
});

it('a folder without a manifest, or whose manifest tells of no model, gives what is there', async () => {
  expect((await readModelFile(folder)).file.model).toEqual(model);
  await writeManifest({ version: '1' });
  expect((await readModelFile(folder)).file.model).toEqual(model);
});

it('a file that no model can be is refused before it is read', async () => {
  await truncate(path, 512 * 1024 * 1024 + 1);
  await expect(readModelFile(path)).rejects.toThrow('has 536870913 bytes; a model has 536870912 at most');
});

it('a manifest that is no JSON is told of', async () => {
  await writeFile(join(folder, 'run.json'), '{');
  await expect(readModelFile(folder)).rejects.toThrow(/run.json is not JSON/);
});
