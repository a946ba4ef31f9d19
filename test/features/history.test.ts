import { describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { silentEffects } from '../../src/effects.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import { historyChannels, readHistory } from '../../src/features/history.ts';
import { historyFeatures } from '../../src/features/history-features.ts';
import type { History } from '../../src/models/history.ts';
import { inFolder } from '../ingest/ingested.ts';

/** The history of examples, given as user and cutoff, by a ledger given as user, day, plays and likes. */
function historyBy(ledger: string, examples: readonly (readonly [string, number])[]): Promise<History> {
  return inFolder(async (workFolder) => {
    const engine = await openDuckdb({ workFolder }, silentEffects);
    try {
      await engine.createTableAs(
        'ledger',
        `select * from (values ${ledger}) as t ("user", day, n_play, n_like)`,
      );
      const rows = examples.map(([user]) => `('${user}')`).join(', ');
      await engine.createTableAs('examples', `select * from (values ${rows || "('nobody')"}) as t ("user")`);
      return await readHistory(engine, ['n_play', 'n_like'], 'examples', {
        users: examples.map(([user]) => user),
        cutoffs: Int32Array.from(examples, ([, cutoff]) => cutoff),
      });
    } finally {
      await engine.close();
    }
  });
}

/** By row: its days, each with its values. */
function daysOf({ days, values, starts, ends }: History): number[][][] {
  return Array.from(starts, (start, row) =>
    Array.from(days.subarray(start, ends[row]), (day, r) => [
      day,
      ...values.subarray(2 * (start + r), 2 * (start + r + 1)),
    ]),
  );
}

describe('readHistory', () => {
  test('gives each example the days before its cutoff, which examples of a user share', async () => {
    const ledger = "('b', 104, 5, 1), ('a', 101, 3, 0), ('a', 105, 2, 7), ('a', 109, 1, 1), ('c', 100, 9, 9)";
    const history = await historyBy(ledger, [
      ['a', 105],
      ['b', 105],
      ['a', 110],
      ['b', 104],
    ]);
    expect(history.channels).toEqual(['n_play', 'n_like']);
    expect(daysOf(history)).toEqual([
      [[101, 3, 0]],
      [[104, 5, 1]],
      [
        [101, 3, 0],
        [105, 2, 7],
        [109, 1, 1],
      ],
      [],
    ]);
    expect([...history.firstDays]).toEqual([101, 104, 101, 104]);
    expect([...history.cutoffs]).toEqual([105, 105, 110, 104]);
    // Day 100 of the user who is no example is not there.
    expect(history.days).toHaveLength(4);
  });

  test('goes 64 days back, and knows the first day of who came before', async () => {
    const ledger = "('a', 100, 1, 0), ('a', 136, 2, 0), ('a', 137, 3, 0), ('z', 10, 1, 1)";
    const history = await historyBy(ledger, [
      ['a', 200],
      ['z', 200],
    ]);
    expect(daysOf(history)).toEqual([
      [
        [136, 2, 0],
        [137, 3, 0],
      ],
      [],
    ]);
    expect([...history.firstDays]).toEqual([100, 10]);
  });

  test('takes no examples', async () => {
    expect(daysOf(await historyBy("('a', 100, 1, 0)", []))).toEqual([]);
  });
});

describe('the channels of a definition', () => {
  test('are what its ledger counts, and are described in words', async () => {
    expect(historyChannels(sparkify)).toEqual(
      expect.arrayContaining([
        'events',
        'n_play',
        'n_like',
        'paid_events',
        'duration',
        'sessions',
        'new_creators',
      ]),
    );
    const gym = historyChannels(await loadDefinition('test/fixtures/gym.yaml'));
    const described = historyFeatures(gym);
    expect(described.map(({ name }) => name)).toEqual([...gym, 'days_before_first_event']);
    expect(described.find(({ name }) => name === 'n_play')).toMatchObject({ meaning: 'plays, day by day' });
    for (const { meaning, unit } of described.slice(0, -1))
      expect(`${meaning} ${unit}`).toMatch(/, day by day \S/);
  });
});
