import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { InputError } from '../../src/errors.ts';
import { run } from '../../src/pipeline/run.ts';
import { simulatedLog } from '../features/as-of.ts';
import { inFolder } from '../ingest/ingested.ts';
import { row } from '../ingest/row.ts';
import { filesIn, quickRun, writeText } from './logs.ts';

const day = 86_400_000;
const start = Date.UTC(2018, 9, 1);

/** Days of one listener, who leaves after the given day, if any. */
function listener(userId: string, days: number, leaves = Number.POSITIVE_INFINITY): string[] {
  return Array.from({ length: days }, (_, i) =>
    row({
      userId,
      sessionId: i,
      ts: start + i * day + 43_200_000,
      page: i >= leaves ? 'Cancellation Confirmation' : 'NextSong',
    }),
  ).slice(0, leaves + 1);
}

const logs: readonly (readonly [what: string, make: () => Promise<string[]> | string[], why: RegExp])[] = [
  [
    'a log without a loss',
    async () =>
      (await simulatedLog(10, 40, 2)).split('\n').filter((line) => line !== '' && !line.includes('"Cancel')),
    /None of the 10 users is lost: no event is “Cancellation Confirmation”/,
  ],
  [
    'a log shorter than history, lead and horizon',
    () => [...listener('1', 12), ...listener('2', 12, 6)],
    /The log covers 11\.0 days.*needs at least 18/s,
  ],
  [
    'a log too short for a training and a test window',
    () => [...listener('1', 25), ...listener('2', 25, 20)],
    /No cutoff is left to train on|1 of 2 users are ever lost/,
  ],
  ['one user, who stays', () => listener('1', 60), /None of the 1 users is lost/],
  ['one user, who leaves', () => listener('1', 61, 60), /0 are lost|fold|learn/],
  ['one user with one event', () => listener('1', 1), /None of the 1 users is lost/],
  [
    'one user with one event, the loss',
    () => [row({ page: 'Cancellation Confirmation' })],
    /The log covers 0\.0 days/,
  ],
  [
    'users of whom all but one leave on one day',
    () => ['1', '2', '3', '4'].flatMap((user) => listener(user, 60, 15)).concat(listener('5', 60)),
    /are lost: both outcomes are needed|No cutoff|at a test cutoff/,
  ],
  [
    'two users, of whom one leaves at the end',
    () => [...listener('1', 60), ...listener('2', 60, 58)],
    /are lost: both outcomes are needed|learn from/,
  ],
];

describe('a log that holds nothing to learn from is still explored and reported', () => {
  test.each(logs)('%s', (_, make, why) =>
    inFolder(async (folder) => {
      const log = await writeText(join(folder, 'log.json'), (await make()).join('\n'));
      const { manifest, learned } = await run(
        { ...quickRun, log: [log], out: join(folder, 'run') },
        silentEffects,
      );
      expect(learned).toBeUndefined();
      expect(manifest.nothingToLearn).toMatch(why);
      expect(manifest.chosenModel).toBeUndefined();
      const files = await filesIn(join(folder, 'run'));
      expect(files).toEqual(
        expect.arrayContaining([
          'ledger.parquet',
          'quarantine.ndjson',
          'report.html',
          'run.json',
          'statistics/by_day.csv',
        ]),
      );
      expect(files.filter((path) => /^(model|scores|metrics)/.test(path))).toEqual([]);
      const html = await readFile(join(folder, 'run', 'report.html'), 'utf8');
      expect(html).toContain('nothingToLearn');
    }),
  );

  test('but a log without an event of a user is bad input, and leaves nothing', () =>
    inFolder(async (folder) => {
      const log = await writeText(
        join(folder, 'log.json'),
        [row({ userId: '' }), row({ auth: 'Guest' }), ''].join('\n'),
      );
      const failure = run({ ...quickRun, log: [log], out: join(folder, 'run') }, silentEffects);
      await expect(failure).rejects.toThrow(InputError);
      await expect(failure).rejects.toThrow(
        'The log holds no event of a user: of 2 lines, 2 are anonymous and 0 bad.',
      );
      expect(await filesIn(folder)).toEqual(['log.json']);
    }));
});

test('the retrospective protocol learns from a log that is too short for a forecast', () =>
  inFolder(async (folder) => {
    const users = Array.from({ length: 20 }, (_, i) =>
      listener(String(i), 9, i % 3 === 0 ? 3 + (i % 5) : undefined),
    );
    const log = await writeText(join(folder, 'log.json'), users.flat().join('\n'));
    const settings = {
      ...quickRun,
      log: [log],
      out: join(folder, 'run'),
      protocol: 'retrospective' as const,
    };
    const { learned, manifest } = await run(settings, silentEffects);
    expect(manifest.nothingToLearn).toBeUndefined();
    expect(learned?.cutoffs.map(({ examples, lost }) => [examples, lost])).toEqual([[20, 7]]);
  }));
