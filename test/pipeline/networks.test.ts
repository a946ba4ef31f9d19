import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.ts';
import { silentEffects } from '../../src/effects.ts';
import { run } from '../../src/pipeline/run.ts';
import { scoreLog } from '../../src/pipeline/score-log.ts';
import { scoresCsv } from '../../src/pipeline/scores-files.ts';
import { defaultLearnSettings, defaultReadSettings } from '../../src/pipeline/settings.ts';
import { bytesOf } from './files.ts';
import { gymLog, toCsv } from './gym-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-networks-'));
const log = join(folder, 'gym.csv');
const outs = [1, 2].map((threads) => join(folder, `run-${threads}`));

beforeAll(async () => {
  writeFileSync(log, toCsv(gymLog(45, 50, 3)));
  const settings = {
    ...{ ...defaultReadSettings, ...defaultLearnSettings },
    definition: await loadDefinition('test/fixtures/gym.yaml'),
    learners: ['temporal-convolution', 'multilayer-perceptron'] as const,
    ...{ log: [log], folds: 2, replicates: 100, force: false },
  };
  for (const [k, out] of outs.entries())
    await run({ ...settings, out }, { ...silentEffects, threads: k + 1 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a run with neural networks', () => {
  test('writes the same bytes at any number of threads', () => {
    const [one, two] = outs.map((out) => bytesOf(out, ['model.json', 'models', 'metrics', 'scores.csv']));
    expect(Object.keys(one)).toContain('metrics/partial_dependence.csv');
    expect(two).toEqual(one);
  });

  test('gives a model of days that scores a log as the run would have', async () => {
    const { chosenModel } = JSON.parse(readFileSync(join(outs[0], 'run.json'), 'utf8'));
    const isDays = chosenModel === 'temporal-convolution';
    const model = join(outs[0], isDays ? 'model.json' : 'models/temporal-convolution.json');
    const { scores } = await scoreLog({ maxBadRows: { share: 0 }, log: [log], model }, silentEffects);
    expect(scores.length).toBeGreaterThan(15);
    expect(scores.some(({ reasons }) => reasons.some(({ text }) => /, day by day: /.test(text)))).toBe(true);
    const { scores: ofChosen } = await scoreLog(
      { maxBadRows: { share: 0 }, log: [log], model: outs[0] },
      silentEffects,
    );
    expect(scoresCsv(ofChosen)).toBe(readFileSync(join(outs[0], 'scores.csv'), 'utf8'));
  });
});
