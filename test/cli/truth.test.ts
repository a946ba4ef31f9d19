import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program } from '../../src/cli/program.ts';
import { InputError, UsageError } from '../../src/errors.ts';
import { ask } from '../pipeline/files.ts';
import { refrain } from './refrain.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const small = ['simulate', '--users', '40', '--days', '20', '--out'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('simulate --truth', () => {
  test('writes log and truth, and says in JSON what it told', async () => {
    const { code, stdout } = await refrain(
      ...[
        ...small,
        at('log.json'),
        '--truth',
        at('truth'),
        '--continuations',
        '2',
        '--horizon',
        '7',
        '--json',
      ],
      ...['--cutoffs', '2018-10-08,2018-10-12'],
    );
    expect(code).toBe(0);
    const { users, truth } = JSON.parse(stdout);
    expect(users).toBe(40);
    expect(truth).toMatchObject({ leadDays: 1, horizonDays: 7, continuations: 2 });
    expect(truth.cutoffs.map(({ date }: { date: string }) => date)).toEqual(['2018-10-08', '2018-10-12']);
    expect((await readdir(at('truth'))).sort()).toEqual(['truth.json', 'truth.parquet', 'users.parquet']);
  });

  /** In this process, since what is wrong with the options shows before any work. */
  const refusal = async (...options: string[]) => {
    const args = [...small, at('never.json'), ...options];
    const command = await program(new AbortController().signal, args);
    const parsed = command.parseAsync(args, { from: 'user' });
    const error: unknown = await parsed.catch((thrown: unknown) => thrown);
    expect(await readdir(folder)).not.toContain('never.json');
    return error;
  };

  test.each([
    [['--continuations', '50'], '--continuations is about the truth: give --truth FOLDER with it.'],
    [
      ['--truth', 'T', '--cutoffs', '2018-10-08', '--every', '7'],
      'Give --cutoffs, or --every and --history: not both.',
    ],
    [
      ['--scenario', 'examples/offer.yaml', '--days', '63'],
      'The scenario november-offer has an offer: give --truth FOLDER',
    ],
  ])('with %j is a matter of usage', async (options, message) => {
    const error = await refusal(...options);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });

  test.each([
    [['--truth', 'T', '--cutoffs', '2018-10-08,2018-10-08'], 'Expected each day once.'],
    [['--truth', 'T', '--continuations', '1'], 'Expected a whole number from 2 to 1000000.'],
  ])('refuses the values of %j', async (options, message) => {
    expect(await refusal(...options)).toHaveProperty('message', expect.stringContaining(message));
  });

  test('with a scenario that does not fit the log is bad input', async () => {
    const error = await refusal('--scenario', 'examples/drift.yaml');
    expect(error).toBeInstanceOf(InputError);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining('rates.0.from is 2018-11-01, but the log has 2018-10-01 to 2018-10-20'),
    );
  });
});

describe('evaluate', () => {
  test('prints reach and calibration of each learner, and marks the chosen one', async () => {
    await mkdir(join(at('run'), 'metrics'), { recursive: true });
    const settings = { protocol: 'forecast', leadDays: 1, horizonDays: 7, seed: 1, replicates: 100 };
    await writeFile(join(at('run'), 'run.json'), JSON.stringify({ settings, chosenModel: 'known' }));
    const rows = `from '${at('truth')}/truth.parquet' where cutoff = (select max(cutoff) from '${at('truth')}/truth.parquet')`;
    await ask(`copy (
      select 'known' as model, "user", cutoff, lost, probability, 0.5::double as uncalibrated ${rows}
      union all select 'baseline', "user", cutoff, lost, 0.05, 0.05::double ${rows}
    ) to '${join(at('run'), 'metrics', 'predictions.parquet')}' (format parquet)`);
    const { code, stdout } = await refrain('evaluate', at('run'), '--truth', at('truth'));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /test examples of \d+ users at 2018-10-12: \d+ lost within 7 days after a lead of 1/,
    );
    expect(stdout).toMatch(/^baseline .* 0\.00 \[0\.00, 0\.00\]/m);
    expect(stdout).toMatch(/^known \* .* 1\.00 \[1\.00, 1\.00\]/m);
    expect(stdout).toMatch(/^ {2}before calibration .* 0\.4/m);
    expect(stdout).toContain('The log is simulated');
  });

  test('of what is no run is bad input, in JSON as well', async () => {
    const { code, stdout, stderr } = await refrain('evaluate', at('truth'), '--truth', at('truth'), '--json');
    expect([code, stdout]).toEqual([3, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('There is no run in'),
    });
  });
});
