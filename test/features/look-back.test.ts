import { expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { featureCatalogue } from '../../src/features/catalogue.ts';
import { type ExampleRows, examplesSql, readExamples } from '../../src/features/examples.ts';
import { examplesOf, simulatedLog, withLedger } from './as-of.ts';

const day = 86_400_000;
const label = { kind: 'window', leadDays: 1, horizonDays: 14 } as const;
const cutoff = Date.UTC(2018, 9, 1) / day + 21;
const features = featureCatalogue(sparkify);

function rowsLookingBack(text: string, days: number): Promise<ExampleRows> {
  return withLedger([text], async (engine) => {
    const { names: columns } = await engine.query('select * from ledger limit 0');
    await engine.createTableAs('few', examplesSql(features, [cutoff], label, { days, columns }));
    return readExamples(engine, 'few', features);
  });
}

/** By user and name. What was first heard, and the gap before a session, is told by the whole log, whatever the look back. */
function valuesByUser({ users, matrix }: ExampleRows): Map<string, Record<string, number>> {
  const names = matrix.names.filter((name) => !/creators|items|new_|repeat|gap_/.test(name));
  return new Map(
    users.map((user, row) => [
      user,
      Object.fromEntries(names.map((name) => [name, matrix.columns[matrix.names.indexOf(name)][row]])),
    ]),
  );
}

test('features of a look back are those of a log that begins then, and nobody is left out', async () => {
  const text = await simulatedLog(14, 40, 5);
  const lines = text.split('\n').filter((line) => line !== '');
  const recent = lines.filter((line) => JSON.parse(line).ts >= (cutoff - 9) * day);
  const whole = await examplesOf([text], [cutoff], label);
  const few = await rowsLookingBack(text, 9);
  expect(few.users).toEqual(whole.users);
  expect(few.labels).toEqual(whole.labels);
  const expected = valuesByUser(await examplesOf([recent.join('\n')], [cutoff], label));
  const found = valuesByUser(few);
  expect(expected.size).toBeLessThan(whole.users.length);
  const split = inSession(lines, (cutoff - 9) * day);
  const comparable = [...expected].filter(([user]) => !split.includes(user));
  expect(comparable.length).toBeGreaterThan(3);
  for (const [user, values] of comparable) expect(found.get(user), user).toEqual(values);
  const silent = whole.users.filter((user) => !expected.has(user));
  expect(silent.map((user) => found.get(user)?.events_all)).toEqual(silent.map(() => 0));
});

/** Users with a session that spans a moment: it counts on the day on which it begins. */
function inSession(lines: readonly string[], moment: number): string[] {
  const sides = new Map<string, Set<boolean>>();
  for (const line of lines) {
    const { userId, sessionId, ts } = JSON.parse(line);
    const key = `${userId} ${sessionId}`;
    sides.set(key, (sides.get(key) ?? new Set()).add(ts < moment));
  }
  return [...sides].filter(([, both]) => both.size === 2).map(([key]) => key.split(' ')[0]);
}
