import type { Definition } from '../definition/schema.ts';
import { type Feature, inWords, ratio, suffix, total, type Window } from './feature.ts';

const theme = 'consumption';
const ratioWindows: readonly Window[] = [7, 30, 'all'];

/** What was played, and how much of it was new to the user; needs the role `play`. */
export function consumptionFeatures(definition: Definition): Feature[] {
  if (definition.roles.play === undefined) return [];
  const { columns } = definition;
  return ratioWindows.flatMap((window) => [
    ...(columns.duration === undefined ? [] : [playHours(window)]),
    playsPerSession(window),
    ...(columns.creator === undefined ? [] : newThings('creators', window)),
    ...(columns.item === undefined ? [] : newThings('items', window)),
  ]);
}

function playHours(window: Window): Feature {
  return {
    name: `play_hours_${suffix(window)}`,
    theme,
    unit: 'h',
    meaning: `hours played ${inWords(window)}, by the length of what was played`,
    formula: `Σ duration [${suffix(window)}] in hours`,
    sql: ratio(total('duration', window), '360000000'),
  };
}

function playsPerSession(window: Window): Feature {
  return {
    name: `plays_per_session_${suffix(window)}`,
    theme,
    unit: 'plays',
    meaning: `plays a session ${inWords(window)}`,
    formula: `Σ n_play [${suffix(window)}] / Σ sessions [${suffix(window)}]`,
    sql: ratio(total('n_play', window), total('sessions', window)),
  };
}

function newThings(things: 'creators' | 'items', window: Window): Feature[] {
  return [
    {
      name: `new_${things}_${suffix(window)}`,
      theme,
      unit: things,
      meaning: `${things} met for the first time ${inWords(window)}`,
      formula: `Σ new_${things} [${suffix(window)}]`,
      sql: total(`new_${things}`, window),
    },
    {
      name: `new_${things}_share_${suffix(window)}`,
      theme,
      unit: 'share',
      meaning: `share of plays ${inWords(window)} that were of new ${things}`,
      formula: `Σ new_${things} [${suffix(window)}] / Σ n_play [${suffix(window)}]`,
      sql: ratio(total(`new_${things}`, window), total('n_play', window)),
    },
  ];
}
