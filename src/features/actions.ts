import type { Definition } from '../definition/schema.ts';
import { roleCount } from '../ledger/columns.ts';
import { type Feature, inWords, ratio, suffix, total, type Window, windows } from './feature.ts';
import { roleWords } from './role-words.ts';

/** Roles that are worth every window, with the theme they belong to; other roles get the sparse windows. */
const themes: Readonly<Record<string, string>> = {
  play: 'consumption',
  like: 'reactions',
  dislike: 'reactions',
  save: 'reactions',
  friend: 'reactions',
  advert: 'adverts',
  downgrade_visit: 'plan',
  upgrade_visit: 'plan',
  upgrade: 'plan',
  downgrade: 'plan',
};
const dense = new Set(['play', 'like', 'dislike', 'advert', 'downgrade_visit']);
const sparseWindows: readonly Window[] = [7, 30, 'all'];

/** Counts of each role's actions, and their rates an hour in sessions. */
export function actionFeatures(definition: Definition): Feature[] {
  return Object.keys(definition.roles).flatMap((role) => [
    ...(dense.has(role) ? windows : sparseWindows).map((window) => count(role, window)),
    ...sparseWindows.map((window) => rate(role, window)),
  ]);
}

/** Adverts a play and the share of likes among reactions. */
export function reactionShares(definition: Definition): Feature[] {
  const { roles } = definition;
  return sparseWindows.flatMap((window) => [
    ...(roles.like && roles.dislike ? [likeShare(window)] : []),
    ...(roles.advert && roles.play ? [advertsPerPlay(window)] : []),
  ]);
}

function count(role: string, window: Window): Feature {
  return {
    name: `${role}_${suffix(window)}`,
    theme: themes[role] ?? 'other actions',
    unit: 'actions',
    meaning: `${roleWords(role)} ${inWords(window)}`,
    formula: `Σ ${roleCount(role)} [${suffix(window)}]`,
    sql: total(roleCount(role), window),
  };
}

function rate(role: string, window: Window): Feature {
  return {
    name: `${role}_per_hour_${suffix(window)}`,
    theme: themes[role] ?? 'other actions',
    unit: '1/h',
    meaning: `${roleWords(role)} for each hour in sessions ${inWords(window)}`,
    formula: `Σ ${roleCount(role)} [${suffix(window)}] / Σ session_ms [${suffix(window)}] × 3,600,000`,
    sql: ratio(total(roleCount(role), window), total('session_ms', window), 3_600_000),
  };
}

function likeShare(window: Window): Feature {
  const likes = total('n_like', window);
  return {
    name: `like_share_${suffix(window)}`,
    theme: 'reactions',
    unit: 'share',
    meaning: `share of likes among likes and dislikes ${inWords(window)}`,
    formula: `Σ n_like / (Σ n_like + Σ n_dislike) [${suffix(window)}]`,
    sql: ratio(likes, `(${likes} + ${total('n_dislike', window)})`),
  };
}

function advertsPerPlay(window: Window): Feature {
  return {
    name: `adverts_per_play_${suffix(window)}`,
    theme: 'adverts',
    unit: 'adverts',
    meaning: `adverts for each play ${inWords(window)}`,
    formula: `Σ n_advert / Σ n_play [${suffix(window)}]`,
    sql: ratio(total('n_advert', window), total('n_play', window)),
  };
}
