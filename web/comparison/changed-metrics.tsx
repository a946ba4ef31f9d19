import type { ComparisonData } from '../../src/report/comparison-data.ts';
import type { ReportInterval } from '../../src/report/report-data.ts';
import { Figure } from '../charts/figure.tsx';
import { metricsAmong } from '../sections/metrics.ts';
import { Section } from '../sections/section.tsx';
import { DataTable } from '../tables/data-table.tsx';
import { formatMetric, missing } from '../words/number.ts';

export function ChangedMetrics({ comparison }: { comparison: ComparisonData }) {
  const { metrics, runs, sameInput } = comparison;
  if (metrics.length === 0) return null;
  const columns = [
    { title: 'Metric' },
    { title: 'First', format: formatMetric },
    { title: '95% interval', format: formatMetric },
    { title: 'Second', format: formatMetric },
    { title: '95% interval of the second', format: formatMetric },
    { title: 'Intervals overlap' },
  ];
  const rows = metricsAmong(metrics.map(({ metric }) => metric)).flatMap(({ name, title }) =>
    metrics
      .filter(({ metric }) => metric === name)
      .map(({ first, second }) => [title, first.value, first, second.value, second, overlap(first, second)]),
  );
  const apart = rows.filter((row) => row[5] === 'no').length;
  const title =
    apart === 0
      ? 'In no metric do the two lie clearly apart'
      : `In ${apart} of ${rows.length} metrics the two lie clearly apart`;
  return (
    <Section
      id="metrics"
      title="Metrics"
      lead={`The chosen models, ${runs[0].chosenModel} and ${runs[1].chosenModel}, each on the test rows of its own run${sameInput ? '' : ': other users or other days, so that the difference is not of the models alone'}. Intervals that overlap are no proof that nothing changed.`}
    >
      <Figure
        wide
        isTable
        name="compared-metrics"
        title={title}
        subtitle="Bootstrap over users."
        columns={columns}
        rows={rows}
      >
        <DataTable caption={title} columns={columns} rows={rows} />
      </Figure>
    </Section>
  );
}

function overlap(first: ReportInterval, second: ReportInterval): string {
  if (![first.low, first.high, second.low, second.high].every(Number.isFinite)) return missing;
  return first.low <= second.high && second.low <= first.high ? 'yes' : 'no';
}
