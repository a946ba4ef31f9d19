import type { ReportMeasure } from '../../src/report/report-data.ts';
import { formatQuantity } from '../words/number.ts';
import { capitalised } from '../words/plural.ts';

/** The medians of those lost and those who stayed, side by side. */
export function behaviourFinding(measures: readonly ReportMeasure[]): string {
  const name = capitalised(measures[0].measure);
  const lost = measures.find(({ outcome }) => outcome === 'lost')?.q50 ?? Number.NaN;
  const stayed = measures.find(({ outcome }) => outcome === 'stayed')?.q50 ?? Number.NaN;
  if (!Number.isFinite(lost) || !Number.isFinite(stayed))
    return `${name}: one outcome has no users to compare`;
  if (lost === stayed) return `${name}: the median is ${formatQuantity(lost)} for both outcomes`;
  return `${name}: median ${formatQuantity(lost)} of those lost, ${formatQuantity(stayed)} of those who stayed`;
}

/** The measures in their order, the outcomes of one together, those lost first. */
export function byMeasure(measures: readonly ReportMeasure[]): ReportMeasure[][] {
  const groups = new Map<string, ReportMeasure[]>();
  for (const row of measures) groups.set(row.measure, [...(groups.get(row.measure) ?? []), row]);
  return [...groups.values()].map((rows) => rows.sort((a, b) => a.outcome.localeCompare(b.outcome)));
}
