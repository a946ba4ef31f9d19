import type { Definition } from '../definition/schema.ts';
import { dayMillis, roleLast } from '../ledger/columns.ts';
import { type Feature, ratio } from './feature.ts';
import { roleWord } from './role-words.ts';

const theme = 'recency';
const roles = ['play', 'like', 'dislike', 'advert', 'downgrade_visit', 'upgrade', 'downgrade'];

/** Days from an event to the cutoff; missing where there was none. */
export function recencyFeatures(definition: Definition): Feature[] {
  return [
    since('days_since_last_event', 'the last event of any kind', 'max(last_time)'),
    since('days_since_first_event', 'the first event', 'min(first_time)'),
    ...roles
      .filter((role) => definition.roles[role] !== undefined)
      .map((role) => since(`days_since_${role}`, `the last ${roleWord(role)}`, `max(${roleLast(role)})`)),
  ];
}

function since(name: string, event: string, time: string): Feature {
  return {
    name,
    theme,
    unit: 'days',
    meaning: `days since ${event}`,
    formula: `cutoff − ${time}`,
    sql: ratio(`(max(cutoff) * ${dayMillis} - ${time})`, String(dayMillis)),
  };
}
