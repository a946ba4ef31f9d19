import type { ReportInterval, ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { Figure } from '../charts/figure.tsx';
import type { Row } from '../tables/cell.ts';
import { formatMetric, formatRange, formatSeconds, missing } from '../words/number.ts';
import { type Metric, metricsOf } from './metrics.ts';

/** Every model on test rows, a column each, the chosen one marked. */
export function ComparisonTable({ learning }: { learning: ReportLearning }) {
  const { models, chosen } = learning;
  return (
    <Figure
      name="comparison"
      wide
      isTable
      title={`${models.length} models on the same test rows`}
      subtitle="Value with its 95% interval. The model was chosen by log loss on validation rows."
      columns={[
        { title: 'Model' },
        { title: 'Metric' },
        { title: 'Value', format: formatMetric },
        { title: '95% interval', format: formatMetric },
      ]}
      rows={longRows(models)}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section class="scroller" tabIndex={0} aria-label="Comparison of models">
        <table class="data in-scroller comparison">
          <caption class="unseen">Metrics on test rows by model</caption>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              {models.map((model) => (
                <Heading key={model.name} model={model} chosen={model.name === chosen} />
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <MetricName
                title="Validation log loss"
                meaning="What the model was chosen by. Lower is better."
              />
              {models.map(({ name, validationLogLoss }) => (
                <td key={name} class={cellClass(name === chosen)}>
                  {formatMetric(validationLogLoss)}
                </td>
              ))}
            </tr>
            {metricsOf(models).map((metric) => (
              <MetricRow key={metric.name} metric={metric} models={models} chosen={chosen} />
            ))}
            <tr>
              <MetricName title="Training time" meaning="For the fit that the test numbers come from." />
              {models.map(({ name, fitSeconds }) => (
                <td key={name} class={cellClass(name === chosen)}>
                  {formatSeconds(fitSeconds)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
    </Figure>
  );
}

/** A row a model and metric, as files are best read. */
function longRows(models: readonly ReportModel[]): Row[] {
  return models.flatMap((model) => [
    [model.name, 'validationLogLoss', model.validationLogLoss, ''],
    ...Object.entries(model.test).map(([metric, interval]) => [model.name, metric, interval.value, interval]),
    [model.name, 'fitSeconds', model.fitSeconds, ''],
  ]);
}

function Heading({ model, chosen }: { model: ReportModel; chosen: boolean }) {
  return (
    <th scope="col" class={`model-name ${cellClass(chosen)}`}>
      {model.title}
      {chosen && <span class="tag">chosen</span>}
      {model.name === 'baseline' && <span class="tag plain">baseline</span>}
    </th>
  );
}

interface MetricRowProps {
  readonly metric: Metric;
  readonly models: readonly ReportModel[];
  readonly chosen: string;
}

function MetricRow({ metric, models, chosen }: MetricRowProps) {
  return (
    <tr>
      <MetricName title={metric.title} meaning={metric.meaning} />
      {models.map(({ name, test }) => (
        <td key={name} class={cellClass(name === chosen)}>
          <Measured interval={test[metric.name]} />
        </td>
      ))}
    </tr>
  );
}

function MetricName({ title, meaning }: { title: string; meaning: string }) {
  return (
    <th scope="row" class="metric">
      {title}
      <small>{meaning}</small>
    </th>
  );
}

function Measured({ interval }: { interval: ReportInterval | undefined }) {
  if (!interval) return <>{missing}</>;
  return (
    <>
      {formatMetric(interval.value)}
      <small>{formatRange(interval, formatMetric)}</small>
    </>
  );
}

function cellClass(chosen: boolean): string {
  return chosen ? 'of-model number chosen' : 'of-model number';
}
