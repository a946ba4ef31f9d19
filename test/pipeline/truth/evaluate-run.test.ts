import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentEffects } from '../../../src/effects.ts';
import { openDuckdb } from '../../../src/engine/duckdb/engine.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { InputError, NothingToLearnError } from '../../../src/errors.ts';
import { evaluateRun } from '../../../src/pipeline/truth/evaluate-run.ts';
import { simulateWithTruth } from '../../../src/pipeline/truth/simulate-with-truth.ts';

let folder: string;
let engine: Engine;
const at = (name: string) => join(folder, name);
const day = (date: string) => Date.parse(date) / 86_400_000;
const settings = { protocol: 'forecast', leadDays: 1, horizonDays: 7, seed: 1, replicates: 100 };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  await simulateWithTruth(
    { users: 60, days: 24, seed: 2, out: at('log.json') },
    {
      ...{
        folder: at('truth'),
        force: false,
        continuations: 3,
        cutoffs: [day('2018-10-08'), day('2018-10-15')],
      },
      ...{ leadDays: 1, horizonDays: 7, everyDays: 7, historyDays: 7 },
    },
    silentEffects,
  );
  engine = await openDuckdb({ workFolder: folder }, silentEffects);
  await engine.createView('truth', `select * from '${at('truth')}/truth.parquet'`);
  await makeRun('run', 'select * from truth where cutoff = (select max(cutoff) from truth)');
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

/** A run folder as `refrain run` leaves it, whose learners know the truth, half of it, or nothing. */
async function makeRun(name: string, rows: string, manifest: object = {}): Promise<void> {
  await mkdir(join(at(name), 'metrics'), { recursive: true });
  const text = JSON.stringify({ settings, chosenModel: 'half', ...manifest });
  await writeFile(join(at(name), 'run.json'), text);
  const models = { half: '(probability + 0.05) / 2', all: 'probability', baseline: '0.05' };
  const all = Object.entries(models).map(
    ([model, sql]) =>
      `select '${model}' as model, "user", cutoff, lost, ${sql} as probability, ${model === 'half' ? 0.2 : sql} as uncalibrated from (${rows})`,
  );
  await engine.writeParquet(all.join(' union all '), join(at(name), 'metrics', 'predictions.parquet'));
}

const evaluate = (run: string, truth = 'truth') =>
  evaluateRun({ run: at(run), truth: at(truth) }, silentEffects);

describe('a run measured against the truth', () => {
  test('has its learners ranked and calibrated, the baseline first', async () => {
    const { models, ...about } = await evaluate('run');
    expect(about).toMatchObject({ leadDays: 1, horizonDays: 7, cutoffs: ['2018-10-15'], chosen: 'half' });
    expect(about.examples).toBe(about.users);
    expect(about.examples).toBeGreaterThan(30);
    expect(about.lost).toBeGreaterThan(0);
    expect(about.truthError).toBeGreaterThan(0);
    expect(models.map(({ name }) => name)).toEqual(['baseline', 'all', 'half']);
    const [baseline, all, half] = models.map(({ metrics }) => metrics);
    expect(baseline.reach.value).toBe(0);
    expect(all.reach.value).toBe(1);
    expect(half.expectedReach.value).toBe(1);
    expect(all.meanAbsoluteError.value).toBe(0);
    expect(half.meanAbsoluteError.value).toBeCloseTo(baseline.meanAbsoluteError.value / 2, 12);
    expect(all.calibrationSlope.value).toBeCloseTo(1, 6);
    expect(models.map(({ uncalibrated }) => uncalibrated?.reach.value)).toEqual([undefined, undefined, 0]);
    expect(models[2].uncalibrated?.bias.value).toBeCloseTo(0.15 + baseline.bias.value, 12);
    expect(models[1].reliability.map(({ predicted }) => predicted)).toEqual(
      models[1].reliability.map(({ truth }) => truth),
    );
  });
});

describe('a run that cannot be measured', () => {
  const refusal = async (run: string, truth?: string) => {
    const error = await evaluate(run, truth).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    return error instanceof Error ? error.message : '';
  };

  test('is one that is not there, or not whole', async () => {
    expect(await refusal('nowhere')).toMatch(
      /There is no run in .*nowhere: give the folder that refrain run made/,
    );
    await mkdir(at('old'));
    await cp(join(at('run'), 'run.json'), join(at('old'), 'run.json'));
    expect(await refusal('old')).toMatch(/predictions.parquet is missing: .*Run again/);
    await mkdir(join(at('old'), 'metrics'));
    await engine.writeParquet('select 1 as probability', join(at('old'), 'metrics', 'predictions.parquet'));
    expect(await refusal('old')).toMatch(/does not tell the probabilities before calibration: .*Run again/);
    await mkdir(at('broken'));
    await writeFile(join(at('broken'), 'run.json'), '{');
    expect(await refusal('broken')).toMatch(/run.json is not JSON/);
    await writeFile(join(at('broken'), 'run.json'), '{"settings":{"leadDays":"one"}}');
    expect(await refusal('broken')).toMatch(/is no manifest of refrain run:[\s\S]*settings.leadDays/);
  });

  test('is one that learned nothing', async () => {
    await makeRun('nothing', 'select * from truth', {
      chosenModel: undefined,
      nothingToLearn: 'none is lost',
    });
    await expect(evaluate('nothing')).rejects.toThrow(NothingToLearnError);
  });

  test('is a retrospective one', async () => {
    await makeRun('leaky', 'select * from truth', { settings: { ...settings, protocol: 'retrospective' } });
    expect(await refusal('leaky')).toMatch(/is retrospective and forecasts nothing/);
  });

  test('is one of another lead or horizon', async () => {
    await makeRun('longer', 'select * from truth', { settings: { ...settings, horizonDays: 14 } });
    expect(await refusal('longer')).toBe(
      'The run forecasts with lead 1 and horizon 14, the truth is told for lead 1 and horizon 7. Simulate the log again with --truth, --lead 1 and --horizon 14.',
    );
  });

  test('is one tested at a cutoff that the truth does not know', async () => {
    await makeRun('later', 'select * replace (cutoff + 1 as cutoff) from truth');
    expect(await refusal('later')).toMatch(
      /not told at 2018-10-09, 2018-10-16, .*--cutoffs 2018-10-09,2018-10-16/,
    );
  });

  test('is one of other users', async () => {
    await makeRun('strangers', `select * replace ('x' || "user" as "user") from truth`);
    expect(await refusal('strangers')).toMatch(/such as user x\d+ at 2018-10-08: it is about another log/);
  });

  test('is one to whose users other things happened', async () => {
    await makeRun('otherwise', 'select * replace (not lost as lost) from truth');
    expect(await refusal('otherwise')).toMatch(/is (not )?lost in the run and (not )?lost in the truth/);
  });

  test('is one for which there is no truth', async () => {
    expect(await refusal('run', 'run')).toMatch(
      /There is no truth in .*: give the folder that refrain simulate --truth/,
    );
    await mkdir(at('half-told'));
    await writeFile(join(at('half-told'), 'truth.json'), await readFile(join(at('truth'), 'truth.json')));
    expect(await refusal('run', 'half-told')).toMatch(/truth.parquet is missing/);
  });
});
