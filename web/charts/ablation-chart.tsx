import { useState } from 'preact/hooks';
import type { ReportAblation } from '../../src/report/report-sufficiency.ts';
import { formatCount, formatMetric, formatQuantity } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { Choice } from './choice.tsx';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

interface AblationChartProps {
  readonly ablation: readonly ReportAblation[];
  readonly learner: string;
}

const choices = [
  { value: 'without', label: 'Left out' },
  { value: 'only', label: 'Used alone' },
] as const;

/** What the ROC AUC loses without a group of features, or with that group alone. */
export function AblationChart({ ablation, learner }: AblationChartProps) {
  const [use, setUse] = useState<ReportAblation['use']>('without');
  const rows = ablation.filter((one) => one.use === use);
  const clear = rows.filter(({ rocAuc }) => rocAuc.simultaneous.high < 0).length;
  const title =
    use === 'without'
      ? `Of ${counted(rows.length, 'group')} of features, ${formatCount(clear)} cannot be left out without clear loss`
      : `Of ${counted(rows.length, 'group')} of features used alone, ${formatCount(clear)} are clearly worse than all`;
  return (
    <Figure
      name="ablation"
      wide
      title={title}
      subtitle={`${learner}: ROC AUC less that with all features, on the same test rows, with limits that hold for all rows of the table together. A feature’s group may be known to others too, so leaving one out may cost little.`}
      legend={[
        { label: 'Clearly worse', tone: 'lost', mark: 'dot' },
        { label: 'Not told apart', tone: 'baseline', mark: 'dot' },
      ]}
      columns={[
        { title: 'Group' },
        { title: 'Kind' },
        { title: 'Use' },
        { title: 'Features', format: formatCount },
        { title: 'ROC AUC', format: formatMetric },
        { title: '95% interval', format: formatMetric },
        { title: 'Difference', format: formatMetric },
        { title: 'All rows together', format: formatMetric },
        { title: 'Average precision', format: formatMetric },
        { title: 'Its interval', format: formatMetric },
      ]}
      rows={ablation.map((one) => [
        one.group,
        one.kind,
        one.use,
        one.features,
        one.rocAuc.value,
        one.rocAuc,
        one.rocAuc.difference.value,
        one.rocAuc.simultaneous,
        one.averagePrecision.value,
        one.averagePrecision,
      ])}
    >
      <Choice legend="Group is" name="ablation-use" options={choices} selected={use} onSelect={setUse} />
      <IntervalPlot
        label={title}
        axis="difference in ROC AUC"
        reference={0}
        format={formatMetric}
        tickFormat={formatQuantity}
        rows={rows.map(({ group, kind, features, rocAuc }) => ({
          label: kind === 'window' ? `window: ${group}` : group,
          interval: rocAuc.simultaneous,
          tone: rocAuc.simultaneous.high < 0 ? 'lost' : 'baseline',
          lines: [counted(features, 'feature'), `ROC AUC ${formatMetric(rocAuc.value)}`],
        }))}
      />
    </Figure>
  );
}
