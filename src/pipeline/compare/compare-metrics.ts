import type { ComparisonData } from '../../report/comparison-data.ts';
import type { ReportData, ReportModel } from '../../report/report-data.ts';

/** The metrics that both chosen models have, each on its own run's test rows. */
export function compareMetrics(first: ReportData, second: ReportData): ComparisonData['metrics'] {
  const [a, b] = [chosenOf(first), chosenOf(second)];
  if (a === undefined || b === undefined) return [];
  return Object.keys(a.test)
    .filter((metric) => metric in b.test)
    .map((metric) => ({ metric, first: a.test[metric], second: b.test[metric] }));
}

function chosenOf({ learning }: ReportData): ReportModel | undefined {
  return learning?.models.find(({ name }) => name === learning.chosen);
}
