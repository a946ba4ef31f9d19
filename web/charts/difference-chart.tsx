import { useState } from 'preact/hooks';
import type { ReportLearning } from '../../src/report/report-data.ts';
import type { ReportJudgement } from '../../src/report/report-judgement.ts';
import { type Metric, metricsAmong, metricTitle } from '../sections/metrics.ts';
import { formatCount, formatMetric, formatQuantity } from '../words/number.ts';
import { inSentence } from '../words/plural.ts';
import { Choice } from './choice.tsx';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

interface DifferenceChartProps {
  readonly learning: ReportLearning;
  readonly differences: ReportJudgement['differences'];
}

type Difference = ReportJudgement['differences'][number];

/** Every pair of models by one metric, on the same users; limits that hold for all pairs together. */
export function DifferenceChart({ learning, differences }: DifferenceChartProps) {
  const metrics = metricsAmong(differences.map(({ metric }) => metric));
  const [selected, select] = useState(metrics[0]?.name ?? '');
  const rows = differences.filter(({ metric }) => metric === selected);
  const titleOf = (model: string) => learning.models.find(({ name }) => name === model)?.title ?? model;
  const title = differenceFinding(rows, metricTitle(selected));
  return (
    <Figure
      name="differences"
      wide
      title={title}
      subtitle="The first model’s metric less the second’s, on the same test rows with the same users drawn for both; limits hold for all pairs of a metric together in 95% of samples."
      legend={[
        { label: 'One is clearly better', tone: 'stayed', mark: 'dot' },
        { label: 'Not told apart', tone: 'baseline', mark: 'dot' },
      ]}
      columns={[
        { title: 'Metric' },
        { title: 'Model' },
        { title: 'Against' },
        { title: 'Difference', format: formatMetric },
        { title: '95% interval', format: formatMetric },
        { title: 'All pairs together', format: formatMetric },
        { title: 'Better' },
      ]}
      rows={differences.map(({ metric, model, against, difference, together, better }) => [
        metricTitle(metric),
        titleOf(model),
        titleOf(against),
        difference.value,
        difference,
        { value: difference.value, ...together },
        typeof better === 'string' ? titleOf(better) : '',
      ])}
    >
      <Choice
        legend="Metric"
        name="difference-metric"
        options={metrics.map(({ name, title: label }: Metric) => ({ value: name, label }))}
        selected={selected}
        onSelect={select}
      />
      <IntervalPlot
        label={title}
        axis={`difference in ${inSentence(metricTitle(selected))}`}
        reference={0}
        format={formatMetric}
        tickFormat={formatQuantity}
        rows={rows.map(({ model, against, difference, together, better }) => ({
          label: `${titleOf(model)} – ${titleOf(against)}`,
          interval: { value: difference.value, ...together },
          tone: typeof better === 'string' ? 'stayed' : 'baseline',
          lines: [typeof better === 'string' ? `${titleOf(better)} is better` : 'not told apart'],
        }))}
      />
    </Figure>
  );
}

function differenceFinding(rows: readonly Difference[], metric: string): string {
  const clear = rows.filter(({ better }) => typeof better === 'string').length;
  if (clear === 0) return `By ${inSentence(metric)}, no model is clearly better than another`;
  return `By ${inSentence(metric)}, ${formatCount(clear)} of ${formatCount(rows.length)} pairs of models are told apart`;
}
