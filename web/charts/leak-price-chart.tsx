import type { ReportAudit } from '../../src/report/report-data.ts';
import { formatCount, formatMetric } from '../words/number.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

type Prices = ReportAudit['prices'];

/** What the same learner claims when it is judged in worse and better ways; the last way is the honest one. */
export function LeakPriceChart({ prices }: { prices: Prices }) {
  const title = titleOf(prices);
  return (
    <Figure
      name="leak-price"
      title={title}
      subtitle="ROC AUC of the same learner with the same settings, with 95% intervals. Half is chance."
      columns={[
        { title: 'Way to judge' },
        { title: 'ROC AUC', format: formatMetric },
        { title: '95% interval', format: formatMetric },
        { title: 'Average precision', format: formatMetric },
        { title: 'Examples', format: formatCount },
        { title: 'Lost', format: formatCount },
        { title: 'What it lets through' },
      ]}
      rows={prices.map(({ title: way, words, rocAuc, averagePrecision, rows, lost }) => [
        way,
        rocAuc.value,
        rocAuc,
        averagePrecision.value,
        rows,
        lost,
        words,
      ])}
    >
      <IntervalPlot
        label={title}
        axis="ROC AUC"
        rows={prices.map(({ title: label, rocAuc, words }, i) => ({
          label,
          interval: rocAuc,
          tone: i === prices.length - 1 ? 'stayed' : 'lost',
          lines: [words],
        }))}
        reference={0.5}
        include={[1]}
        format={formatMetric}
        tickFormat={(value) => value.toFixed(1)}
      />
    </Figure>
  );
}

function titleOf(prices: Prices): string {
  const values = prices.map(({ rocAuc }) => rocAuc.value);
  const honest = values[values.length - 1];
  return `Judged honestly the learner reaches ${formatMetric(honest)}; judged otherwise it would claim up to ${formatMetric(Math.max(...values))}`;
}
