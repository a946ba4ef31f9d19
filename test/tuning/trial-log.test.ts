import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError, InputError } from '../../src/errors.ts';
import { TrialLog } from '../../src/tuning/trial-log.ts';

const fit = { learner: 'random-forest', settings: { depth: 3, weights: 'none' }, fold: 1 };
const line =
  '{"context":"c","learner":"random-forest","settings":{"depth":3,"weights":"none"},"fold":1,"logLoss":0.25}\n';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-trials-'));
  path = join(folder, 'trials.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a log of trials', () => {
  it('begins with the first fit', async () => {
    const log = await TrialLog.open(path, 'c');
    await expect(readFile(path)).rejects.toThrow('ENOENT');
    log.add(fit, 0.25);
    expect(await readFile(path, 'utf8')).toBe(line);
  });

  it('knows what it holds, whatever the order of the settings', async () => {
    await writeFile(path, line);
    const log = await TrialLog.open(path, 'c');
    expect(log.lossOf({ ...fit, settings: { weights: 'none', depth: 3 } })).toBe(0.25);
    expect(log.lossOf({ ...fit, fold: 0 })).toBeUndefined();
    expect(log.lossOf({ ...fit, learner: 'gradient-boosting' })).toBeUndefined();
    expect(log.lossOf({ ...fit, settings: { depth: 3 } })).toBeUndefined();
  });

  it('keeps a loss to the last bit', async () => {
    (await TrialLog.open(path, 'c')).add(fit, 0.1 + 0.2);
    expect((await TrialLog.open(path, 'c')).lossOf(fit)).toBe(0.1 + 0.2);
  });

  it('leaves lines of other data alone', async () => {
    await writeFile(path, line);
    const other = await TrialLog.open(path, 'd');
    expect(other.lossOf(fit)).toBeUndefined();
    other.add(fit, 0.5);
    expect((await TrialLog.open(path, 'c')).lossOf(fit)).toBe(0.25);
    expect((await TrialLog.open(path, 'd')).lossOf(fit)).toBe(0.5);
  });

  it('cuts off a last line that a kill has torn', async () => {
    await writeFile(path, `${line}{"context":"c","learner":"ra“`);
    const log = await TrialLog.open(path, 'c');
    expect(await readFile(path, 'utf8')).toBe(line);
    log.add({ ...fit, fold: 2 }, 1);
    expect((await TrialLog.open(path, 'c')).lossOf(fit)).toBe(0.25);
  });

  it.each([
    ['what is no JSON', 'trees,depth\n1,2\n', /Line 1 of .* is no trial: trees,depth/],
    ['JSON of another kind', `${line}{"a":1}\n`, /Line 2/],
    ['a loss that is none', line.replace('0.25', 'null'), /Line 1/],
    ['a key more', line.replace('{', '{"code":1,'), /Line 1/],
  ])('refuses a file with %s, and leaves it as it is', async (_, text, message) => {
    await writeFile(path, `${text}torn`);
    await expect(TrialLog.open(path, 'c')).rejects.toThrow(InputError);
    await expect(TrialLog.open(path, 'c')).rejects.toThrow(message);
    expect(await readFile(path, 'utf8')).toBe(`${text}torn`);
  });

  it('says when it cannot be written', async () => {
    const log = await TrialLog.open(join(folder, 'nowhere', 'trials'), 'c');
    expect(() => log.add(fit, 1)).toThrow(EngineError);
    await expect(TrialLog.open(folder, 'c')).rejects.toThrow('there is a folder of that name');
  });
});
