import type { ReportAudit } from '../../src/report/report-data.ts';
import { formatCount, formatRange } from '../words/number.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

type Prices = ReportAudit['prices'];

const format = (value: number) => value.toFixed(3);

/** What the same learner claims when it is judged in worse and better ways; the last way is the honest one. */
export function LeakPriceChart({ prices }: { prices: Prices }) {
  const title = titleOf(prices);
  return (
    <Figure
      title={title}
      subtitle="ROC AUC of the same learner with the same settings, with 95% intervals. Half is chance."
      columns={[
        { title: 'Way to judge' },
        { title: 'ROC AUC', numeric: true },
        { title: '95% interval', numeric: true },
        { title: 'Average precision', numeric: true },
        { title: 'Examples', numeric: true },
        { title: 'Lost', numeric: true },
        { title: 'What it lets through' },
      ]}
      rows={prices.map(({ title: way, words, rocAuc, averagePrecision, rows, lost }) => [
        way,
        format(rocAuc.value),
        formatRange(rocAuc, format),
        format(averagePrecision.value),
        formatCount(rows),
        formatCount(lost),
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
        format={format}
        tickFormat={(value) => value.toFixed(1)}
      />
    </Figure>
  );
}

function titleOf(prices: Prices): string {
  const values = prices.map(({ rocAuc }) => rocAuc.value);
  const honest = values[values.length - 1];
  return `Judged honestly the learner reaches ${format(honest)}; judged otherwise it would claim up to ${format(Math.max(...values))}`;
}
