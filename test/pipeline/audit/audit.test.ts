import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, findingsOf } from '../../../src/audit/audit.ts';
import { sparkify } from '../../../src/definition/sparkify.ts';
import { silentEffects } from '../../../src/effects.ts';
import { UsageError } from '../../../src/errors.ts';
import { type AuditOutput, audit } from '../../../src/pipeline/audit/audit.ts';
import type { AuditExamplesSettings } from '../../../src/pipeline/audit/audit-examples.ts';
import { defaultAuditSettings } from '../../../src/pipeline/audit/settings.ts';
import { cleanRows } from '../../audit/tables.ts';
import { eventsByUser, simulatedLog } from '../../features/as-of.ts';
import { filesIn, writeText } from '../logs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the audit of a table of examples', () => {
  let table: string;
  beforeAll(async () => {
    const { users, cutoffs, labels, matrix } = cleanRows(3);
    const lines = users.map((user, row) => {
      const values = matrix.columns.map((column) => (Number.isNaN(column[row]) ? '' : column[row]));
      return [user, cutoffs[row], labels[row], user.slice(1), ...values].join(',');
    });
    table = await writeText(
      join(folder, 'table.csv'),
      `user,as_of,left,number,${matrix.names.join(',')}\n${lines.join('\n')}\n`,
    );
  });

  function settings(changes: Partial<AuditExamplesSettings & AuditOutput> = {}) {
    const { folds, seed } = defaultAuditSettings;
    const roles = { examples: table, label: 'left', group: 'user', cutoff: 'as_of', drop: [] };
    return { of: 'examples', ...roles, folds, replicates: 100, seed, force: false, ...changes } as const;
  }

  test('names the column that numbers the users, and nothing else', async () => {
    const found = faultsOf(await audit(settings(), silentEffects));
    expect(found.map(({ check, feature }) => [check, feature])).toEqual([['identifier', 'number']]);
  });

  test('finds nothing without it, and leaves the same files at any number of threads', async () => {
    const [one, two] = ['one', 'two'].map((name) => join(folder, name));
    const clean = await audit(settings({ drop: ['number'], out: one }), silentEffects);
    expect(findingsOf(clean)).toEqual([]);
    await audit(settings({ drop: ['number'], out: two }), { ...silentEffects, threads: 3 });
    expect(await filesIn(one)).toEqual(['audit.csv', 'audit.json']);
    for (const name of await filesIn(one)) {
      expect(await readFile(join(two, name), 'utf8')).toBe(await readFile(join(one, name), 'utf8'));
    }
  });

  test('refuses a cutoff that is no day', async () => {
    await expect(audit(settings({ cutoff: 'activity' }), silentEffects)).rejects.toThrow(UsageError);
  });
});

describe('the audit of a log with own tables', () => {
  test('names the table that is dated before what it tells of, says what an undated one hides, and prices five ways', async () => {
    const text = await simulatedLog(80, 56, 3);
    const log = await writeText(join(folder, 'log.json'), text);
    const early: string[] = ['userId,known,rating'];
    for (const [user, events] of eventsByUser(text)) {
      for (let day = 17_805; day < 17_861; day++) {
        const next = events.filter(({ time }) => Math.floor(time / 86_400_000 - day) >> 3 === 0).length;
        early.push(`${user},${new Date(day * 86_400_000 - 1).toISOString()},${next}`);
      }
    }
    const own = [
      { path: await writeText(join(folder, 'early.csv'), early.join('\n')) },
      { path: await writeText(join(folder, 'plain.csv'), 'userId,kids\n100001,2\n') },
    ];
    const settings = {
      ...defaultAuditSettings,
      own,
      definition: sparkify,
      maxBadRows: { count: 0 },
      force: false,
    };
    const result = await audit(
      { ...settings, of: 'log', log: [log], folds: 3, replicates: 100, horizonDays: 10 },
      silentEffects,
    );
    expect(findingsOf(result).map(({ check, severity, feature }) => [check, severity, feature])).toEqual([
      ['foreknowledge', 'suspect', 'rating'],
      ['undated table', 'unknown', 'kids'],
    ]);
    expect(result.checks.every(({ done }) => done)).toBe(true);
    expect(result.prices.map(({ way }) => way)).toEqual([
      'retrospective',
      'random rows',
      'by user',
      'by time',
      'by user and time',
    ]);
    const [, ...forecasts] = result.prices;
    expect(new Set(forecasts.map(({ rows, lost }) => `${rows} ${lost}`)).size).toBe(1);
    expect(
      result.prices.every(({ rocAuc }) => rocAuc.low <= rocAuc.value && rocAuc.value <= rocAuc.high),
    ).toBe(true);
  });
});
