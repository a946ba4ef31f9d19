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
      : [flag('is_female', 'gender is female', "gender in ('F', 'f', 'female')")]),
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
    flag('is_on_phone_or_tablet', 'uses a phone or tablet', "device in ('phone', 'tablet')"),
    flag('is_on_windows', 'uses Windows', "system = 'Windows'"),
    flag('is_on_mac', 'uses macOS', "system = 'macOS'"),
    flag('is_on_linux', 'uses Linux', "system = 'Linux'"),
  ];
}

function flag(name: string, meaning: string, condition: string): Feature {
  const column = condition.split(' ')[0];
  return {
    name,
    theme: 'profile',
    unit: '0/1',
    meaning,
    formula: condition,
    sql: `max(case when ${column} is null then null when ${condition} then 1 else 0 end)`,
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
