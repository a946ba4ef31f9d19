import { expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { historyChannels } from '../../src/features/history.ts';
import { eventColumns, isCount } from '../../src/ledger/columns.ts';

test('sums of times and lengths are no counts, and all other sums are', () => {
  const sums = [...historyChannels(sparkify), 'gaps', 'gap_s', 'gap_s_squared'];
  expect(sums.filter((name) => !isCount(name))).toEqual(['duration', 'session_ms', 'gap_s', 'gap_s_squared']);
});

test('times of the first and last event, and what is known of the user, are no counts', () => {
  const others = eventColumns(sparkify).filter(({ merge }) => merge !== 'sum');
  expect(others.filter(({ name }) => isCount(name))).toEqual([]);
});
