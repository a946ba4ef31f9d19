import { type Feature, inWords, ratio, suffix, total, windows } from './feature.ts';

const theme = 'activity';

export function activityFeatures(): Feature[] {
  return [
    ...windows.map(
      (window): Feature => ({
        name: `events_${suffix(window)}`,
        theme,
        unit: 'events',
        meaning: `events of any kind ${inWords(window)}`,
        formula: `Σ events [${suffix(window)}]`,
        sql: total('events', window),
      }),
    ),
    ...windows.slice(1).map(
      (window): Feature => ({
        name: `active_days_${suffix(window)}`,
        theme,
        unit: 'days',
        meaning: `days with at least one event ${inWords(window)}`,
        formula: `Σ active_days [${suffix(window)}]`,
        sql: total('active_days', window),
      }),
    ),
    {
      name: 'active_days_share',
      theme,
      unit: 'share',
      meaning: 'share of the days since the first event that had one',
      formula: 'Σ active_days [all] / (cutoff − first day)',
      sql: ratio(total('active_days', 'all'), 'max(cutoff) - min(day)'),
    },
  ];
}
