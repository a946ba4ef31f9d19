import type { Definition } from '../definition/schema.ts';
import { dayMillis } from '../ledger/columns.ts';
import { type Feature, ratio, suffix, total, type Window } from './feature.ts';

const shareWindows: readonly Window[] = [30, 'all'];

/** Who the user is and when they come, as far as their events before the cutoff tell. */
export function profileFeatures(definition: Definition): Feature[] {
  const { columns } = definition;
  return [
    ...(columns.registered === undefined ? [] : [tenure]),
    ...(columns.gender === undefined
      ? []
      : [flag('is_female', 'gender is female', isFemale, "gender in ('F', 'f', 'female')")]),
    ...(columns.agent === undefined ? [] : agentFlags()),
    ...shareWindows.flatMap((window): Feature[] => [
      rhythm('night', 'between 0 and 6 o’clock UTC', window),
      rhythm('weekend', 'on Saturday or Sunday UTC', window),
    ]),
  ];
}

const tenure: Feature = {
  name: 'tenure_days',
  theme: 'profile',
  unit: 'days',
  meaning: 'days since registration; missing while it is not before the cutoff',
  formula: 'cutoff − registered',
  sql: ratio(
    `case when max(registered) < max(cutoff) * ${dayMillis} then max(cutoff) * ${dayMillis} - max(registered) end`,
    String(dayMillis),
  ),
};

function agentFlags(): Feature[] {
  return [
    flag('is_on_phone_or_tablet', 'uses a phone or tablet', 'on_phone_or_tablet'),
    flag('is_on_windows', 'uses Windows', 'on_windows'),
    flag('is_on_mac', 'uses macOS', 'on_mac'),
    flag('is_on_linux', 'uses Linux', 'on_linux'),
  ];
}

const isFemale = "case when gender is null then null when gender in ('F', 'f', 'female') then 1 else 0 end";

/** @param value SQL over a row of the ledger: 0, 1 or null. */
function flag(name: string, meaning: string, value: string, formula = value): Feature {
  return {
    name,
    theme: 'profile',
    unit: '0/1',
    meaning,
    formula,
    sql: `max(${value})`,
  };
}

function rhythm(name: 'night' | 'weekend', when: string, window: Window): Feature {
  return {
    name: `${name}_share_${suffix(window)}`,
    theme: 'rhythm',
    unit: 'share',
    meaning: `share of events ${when} ${window === 'all' ? 'since the first event' : `in the last ${window} days`}`,
    formula: `Σ ${name}_events / Σ events [${suffix(window)}]`,
    sql: ratio(total(`${name}_events`, window), total('events', window)),
  };
}
