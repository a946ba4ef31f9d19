import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../../src/audit/audit.ts';
import { sparkify } from '../../../src/definition/sparkify.ts';
import { silentEffects } from '../../../src/effects.ts';
import { featureCatalogue } from '../../../src/features/catalogue.ts';
import { defaultCutoffs, labelledCutoffs } from '../../../src/features/cutoffs.ts';
import type { Feature } from '../../../src/features/feature.ts';
import { auditFuture } from '../../../src/pipeline/audit/audit-future.ts';
import { withContext } from '../../../src/pipeline/context.ts';
import { readLog } from '../../../src/pipeline/read-log.ts';
import { simulatedLog } from '../../features/as-of.ts';
import { writeText } from '../logs.ts';

let folder: string;
let log: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  log = await writeText(join(folder, 'log.json.gz'), gzipSync(await simulatedLog(30, 40, 5), { level: 1 }));
});
afterAll(() => rm(folder, { recursive: true }));

function edited(features: readonly Feature[]): Promise<CheckResult> {
  const settings = {
    ...defaultCutoffs,
    log: [log],
    definition: sparkify,
    maxBadRows: { count: 0 },
    own: [],
    seed: 1,
  };
  return withContext(folder, {}, silentEffects, async (context) => {
    const read = await readLog(settings, context);
    return auditFuture(settings, read, labelledCutoffs(read.span, settings), features, context);
  });
}

/** A feature that reads the whole ledger, whatever the cutoff. */
function planted(name: string, sql: string): Feature {
  return { name, theme: '', unit: '', meaning: '', formula: '', sql };
}

const ofUser = 'from ledger as l where l."user" = seen."user"';
const leaks = [
  planted('last_minus_first', `(select max(l.last_time) - min(l.first_time) ${ofUser})`),
  planted('rate_to_the_last_day', `(select sum(l.events) / (max(l.day) - min(l.day) + 1) ${ofUser})`),
  planted(
    'plan_after_the_outcome',
    `(select case when max_by(l.plan, l.day) = 'paid' then 1 else 0 end ${ofUser})`,
  ),
  planted('share_of_all_events', 'sum(events) / (select sum(l.events) from ledger as l)'),
  planted(
    'events_next_week',
    `(select sum(l.events) ${ofUser} and l.day >= seen.cutoff and l.day < seen.cutoff + 7)`,
  ),
];

describe('an edit of the future', () => {
  test('changes no feature of the catalogue, and each that looks ahead, by name', async () => {
    const { words, findings } = await edited([...featureCatalogue(sparkify), ...leaks]);
    expect(findings.map(({ feature }) => feature)).toEqual(leaks.map(({ name }) => name));
    expect(new Set(findings.map(({ check, severity }) => `${check}: ${severity}`))).toEqual(
      new Set(['future edit: leak']),
    );
    expect(words).toMatch(
      /^\d{3,} events of 30 users from 2018-10-\d\d on deleted, changed or added to; 21\d features/,
    );
  });
});
