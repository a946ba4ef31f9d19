import { roleCount } from '../ledger/columns.ts';
import { BEFORE_FIRST_DAY } from '../models/history.ts';
import type { Feature } from './feature.ts';
import { roleWords } from './role-words.ts';

/** What a model reads of each of the last days, described as features are; nothing where it reads none. @param channels columns of the ledger. */
export function historyFeatures(channels: readonly string[]): Feature[] {
  return channels.length === 0 ? [] : [...channels.map(ofEachDay), beforeFirstDay];
}

const prefix = roleCount('');

function ofEachDay(channel: string): Feature {
  const [words, unit] = channel.startsWith(prefix)
    ? [roleWords(channel.slice(prefix.length)), 'events']
    : (known[channel] ?? [channel.replaceAll('_', ' '), '']);
  return {
    name: channel,
    theme: 'day by day',
    unit,
    meaning: `${words}, day by day`,
    formula: `${channel} [each of the last days]`,
    sql: `sum(${channel})`,
  };
}

const known: Readonly<Record<string, readonly [words: string, unit: string]>> = {
  events: ['events of any kind', 'events'],
  duration: ['time played', '10 µs'],
  paid_events: ['events on a paid plan', 'events'],
  night_events: ['events between 0 and 6 o’clock UTC', 'events'],
  weekend_events: ['events on Saturday or Sunday UTC', 'events'],
  active_days: ['days with at least one event', 'days'],
  sessions: ['sessions begun', 'sessions'],
  session_ms: ['time in sessions', 'ms'],
  new_creators: ['creators met for the first time', 'creators'],
  new_items: ['items met for the first time', 'items'],
};

const beforeFirstDay: Feature = {
  name: BEFORE_FIRST_DAY,
  theme: 'day by day',
  unit: 'days',
  meaning: 'of the last days, those before the first event',
  formula: 'max(0, first day − first of the last days)',
  sql: 'min(day)',
};
