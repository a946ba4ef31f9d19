import type { ReportInterval, ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { formatMetric, formatQuantity, formatSeconds } from '../words/number.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

/** Average precision of every model on test rows, against the baseline's. */
export function PrecisionChart({ learning }: { learning: ReportLearning }) {
  const { models, chosen } = learning;
  const measured = models.flatMap((model) => {
    const interval = model.test.averagePrecision;
    return interval ? [{ model, interval }] : [];
  });
  const reference = measured.find(({ model }) => model.name === 'baseline')?.interval.value;
  const title = precisionFinding(measured);
  return (
    <Figure
      name="average-precision"
      title={title}
      subtitle="Average precision on test rows with 95% interval."
      legend={[
        { label: 'Chosen', tone: 'stayed', mark: 'dot' },
        { label: 'Other', tone: 'baseline', mark: 'dot' },
        { label: 'Baseline’s value', tone: 'reference', mark: 'tick' },
      ]}
      columns={[
        { title: 'Model' },
        { title: 'Average precision', format: formatMetric },
        { title: '95% interval', format: formatMetric },
      ]}
      rows={measured.map(({ model, interval }) => [model.title, interval.value, interval])}
    >
      <IntervalPlot
        label={title}
        axis="average precision"
        include={[0]}
        format={formatMetric}
        tickFormat={formatQuantity}
        {...(reference === undefined ? {} : { reference })}
        rows={measured.map(({ model, interval }) => ({
          label: model.title,
          interval,
          tone: model.name === chosen ? 'stayed' : 'baseline',
          lines: [`fitted in ${formatSeconds(model.fitSeconds)}`],
        }))}
      />
    </Figure>
  );
}

interface Measured {
  readonly model: ReportModel;
  readonly interval: ReportInterval;
}

function precisionFinding(measured: readonly Measured[]): string {
  const baseline = measured.find(({ model }) => model.name === 'baseline')?.interval.value;
  if (baseline === undefined || !Number.isFinite(baseline)) return 'Average precision of the models';
  const others = measured.filter(({ model }) => model.name !== 'baseline');
  const clear = others.filter(({ interval }) => interval.low > baseline);
  if (clear.length === 0) return 'No learner is clearly above the baseline';
  return `${clear.length} of ${others.length} learners are clearly above the baseline`;
}
