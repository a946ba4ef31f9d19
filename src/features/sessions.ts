import { type Feature, inWords, ratio, suffix, total, type Window, windows } from './feature.ts';

const theme = 'sessions';
const ratioWindows: readonly Window[] = [7, 30, 'all'];

export function sessionFeatures(): Feature[] {
  return [
    ...windows.map(
      (window): Feature => ({
        name: `sessions_${suffix(window)}`,
        theme,
        unit: 'sessions',
        meaning: `sessions begun ${inWords(window)}`,
        formula: `Σ sessions [${suffix(window)}]`,
        sql: total('sessions', window),
      }),
    ),
    ...windows.map(
      (window): Feature => ({
        name: `session_hours_${suffix(window)}`,
        theme,
        unit: 'h',
        meaning: `hours in sessions ${inWords(window)}`,
        formula: `Σ session_ms [${suffix(window)}] / 3,600,000`,
        sql: ratio(total('session_ms', window), '3600000'),
      }),
    ),
    ...ratioWindows.flatMap((window): Feature[] => [
      {
        name: `hours_per_session_${suffix(window)}`,
        theme,
        unit: 'h',
        meaning: `mean length of a session ${inWords(window)}`,
        formula: `Σ session_ms [${suffix(window)}] / 3,600,000 / Σ sessions [${suffix(window)}]`,
        sql: ratio(total('session_ms', window), `3600000 * ${total('sessions', window)}`),
      },
      {
        name: `events_per_session_${suffix(window)}`,
        theme,
        unit: 'events',
        meaning: `mean events of a session ${inWords(window)}`,
        formula: `Σ events [${suffix(window)}] / Σ sessions [${suffix(window)}]`,
        sql: ratio(total('events', window), total('sessions', window)),
      },
    ]),
    {
      name: 'gap_hours_mean',
      theme,
      unit: 'h',
      meaning: 'mean time between the end of a session and the next one',
      formula: 'Σ gap_s [all] / 3600 / Σ gaps [all]',
      sql: ratio(total('gap_s', 'all'), `3600 * ${total('gaps', 'all')}`),
    },
    {
      name: 'gap_hours_sd',
      theme,
      unit: 'h',
      meaning: 'how uneven the times between sessions are (sample standard deviation)',
      formula: '√((Σ gap_s² − (Σ gap_s)² / n) / (n − 1)) / 3600 with n = Σ gaps [all]',
      sql: gapDeviation(),
    },
  ];
}

function gapDeviation(): string {
  const n = `cast(${total('gaps', 'all')} as double)`;
  const sum = `cast(${total('gap_s', 'all')} as double)`;
  const squares = `cast(${total('gap_s_squared', 'all')} as double)`;
  return `case when ${n} >= 2 then sqrt(greatest((${squares} - ${sum} * ${sum} / ${n}) / (${n} - 1), 0)) / 3600 end`;
}
