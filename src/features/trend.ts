import type { Definition } from '../definition/schema.ts';
import { roleCount } from '../ledger/columns.ts';
import { type Feature, ratio, total } from './feature.ts';
import { roleWords } from './role-words.ts';

const theme = 'trend';

/** How the last days compare with the days before, from −1 (all before) over 0 (alike) to 1 (all lately). */
export function trendFeatures(definition: Definition): Feature[] {
  const measures = [
    ['events', 'events'],
    ['sessions', 'sessions'],
    ['session_ms', 'time in sessions'],
    ...['play', 'like', 'dislike', 'advert']
      .filter((role) => definition.roles[role] !== undefined)
      .map((role) => [roleCount(role), roleWords(role)]),
  ];
  return measures.flatMap(([column, words]) => [trend(column, words, 7), trend(column, words, 14)]);
}

function trend(column: string, words: string, days: 7 | 14): Feature {
  const now = total(column, days);
  const before = total(column, days, days);
  return {
    name: `${column.replace(/^n_/, '').replace(/_ms$/, '_time')}_trend_${days}d`,
    theme,
    unit: '−1…1',
    meaning: `${words} in the last ${days} days against the ${days} days before`,
    formula: `(a − b) / (a + b) with a = Σ ${column} [${days}d], b = Σ ${column} of the ${days} days before`,
    sql: ratio(`(${now} - ${before})`, `(${now} + ${before})`),
  };
}
