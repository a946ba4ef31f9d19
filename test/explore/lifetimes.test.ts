import { expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { explore } from '../../src/explore/explore.ts';
import type { SurvivalCurve } from '../../src/explore/lifetimes.ts';
import { withLedger } from '../features/as-of.ts';
import { row } from '../ingest/row.ts';
import { day, hour, monday } from './tiny-log.ts';

function survival(...rows: readonly Parameters<typeof row>[0][]): Promise<SurvivalCurve> {
  const text = rows.map((columns) => row(columns)).join('\n');
  return withLedger([text], async (engine) => (await explore(sparkify, engine)).lifetimes.all);
}

const quit = { page: 'Cancellation Confirmation' };

test('staying counts days from the first event, whatever the registration; who is not lost is watched to the end of the log', async () => {
  const points = await survival(
    { userId: 'lost', ts: monday, registration: monday - 10 * day },
    { userId: 'lost', ts: monday + 4.5 * day, registration: monday - 10 * day, ...quit },
    { userId: 'silent', ts: monday + hour, registration: monday },
    { userId: 'late', ts: monday + 8 * day, registration: null },
    { userId: 'active', ts: monday, registration: monday - 5 * day },
    { userId: 'active', ts: monday + 20 * day, registration: monday - 5 * day },
  );
  expect(points).toMatchObject([
    { day: 5, atRisk: 4, lost: 1, censored: 0 },
    { day: 12, atRisk: 3, lost: 0, censored: 1 },
    { day: 20, atRisk: 2, lost: 0, censored: 2 },
  ]);
  for (const { staying } of points) expect(staying.value).toBeCloseTo(3 / 4, 12);
});

test('a user of one event at the very end is watched for no time', async () => {
  const points = await survival({ userId: 'a', ts: monday }, { userId: 'b', ts: monday + 3 * day });
  expect(points).toMatchObject([
    { day: 0, atRisk: 2, lost: 0, censored: 1 },
    { day: 3, atRisk: 1, lost: 0, censored: 1 },
  ]);
});

test('a loss ends the time under observation, whatever follows it', async () => {
  const points = await survival(
    { userId: 'back', ts: monday, registration: monday },
    { userId: 'back', ts: monday + 2 * day, registration: monday, ...quit },
    { userId: 'back', ts: monday + 9 * day, registration: monday },
  );
  expect(points).toMatchObject([{ day: 2, atRisk: 1, lost: 1, censored: 0 }]);
});
