import type { ReportGroup, ReportMeasure, ReportSurvivalPoint } from '../../src/report/report-data.ts';
import { hostile } from './hostile.ts';
import { wilson } from './sample-numbers.ts';

export function sampleGroups(): ReportGroup[] {
  const group = (attribute: string, rows: [string, number, number][]): ReportGroup => ({
    attribute,
    rows: rows.map(([value, users, lost]) => ({ value, users, lost, share: wilson(lost, users) })),
  });
  const codes = ['CA', 'TX', 'NY', 'FL', 'AZ', 'OH', 'PA', 'IL', 'AK', 'DC', 'HI', 'ME', hostile[0]];
  const states = codes.map((code, i): [string, number, number] => {
    const users = Math.max(1, 34 - 3 * i);
    return [code, users, Math.round(users * (0.1 + (i % 5) * 0.07))];
  });
  return [
    group('gender', [
      ['F', 104, 20],
      ['M', 121, 32],
    ]),
    group('plan at the end', [
      ['free', 82, 29],
      ['paid', 143, 23],
    ]),
    group('device', [
      ['Windows', 106, 22],
      ['Mac', 79, 17],
      ['iPhone', 16, 5],
      ['Linux', 12, 5],
      ['iPad', 7, 2],
      [hostile[1], 5, 1],
    ]),
    group('state', states),
  ];
}

export function sampleBehaviour(): ReportMeasure[] {
  const measures: [string, string, number, number][] = [
    ['songs played', 'songs', 480, 848],
    ['sessions', 'sessions', 7, 11],
    ['hours listened', 'hours', 32, 58],
    ['share of thumbs that are down', '% of thumbs', 21, 14],
  ];
  return measures.flatMap(([measure, unit, lost, stayed]) => [
    measureOf(measure, unit, 'lost', 52, lost),
    measureOf(measure, unit, 'stayed', 173, stayed),
  ]);
}

function measureOf(
  measure: string,
  unit: string,
  outcome: 'lost' | 'stayed',
  users: number,
  median: number,
): ReportMeasure {
  return {
    measure,
    unit,
    outcome,
    users,
    mean: median * 1.4,
    sd: median * 1.2,
    q05: median * 0.08,
    q25: median * 0.45,
    q50: median,
    q75: median * 1.9,
    q95: median * 3.6,
  };
}

export function sampleSurvival(): ReportSurvivalPoint[] {
  let staying = 1;
  return Array.from({ length: 62 }, (_, day) => {
    const lost = day === 0 ? 0 : day % 7 === 3 ? 2 : day % 2;
    const atRisk = 225 - day * 2;
    staying *= 1 - lost / atRisk;
    const half = 0.012 * Math.sqrt(day);
    return {
      day,
      atRisk,
      lost,
      staying: { value: staying, low: staying - half, high: Math.min(1, staying + half) },
    };
  });
}
