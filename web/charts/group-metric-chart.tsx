import { useState } from 'preact/hooks';
import type { ReportJudgement } from '../../src/report/report-judgement.ts';
import { formatCount, formatMetric, formatQuantity } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { Choice } from './choice.tsx';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

type Group = ReportJudgement['groups'][number];

const measures = {
  rocAuc: { label: 'ROC AUC', axis: 'ROC AUC; ½ is chance', reference: 0.5 },
  averagePrecision: { label: 'Average precision', axis: 'average precision', reference: undefined },
  brier: { label: 'Brier score', axis: 'Brier score; lower is better', reference: undefined },
  bias: { label: 'Bias', axis: 'mean probability less the share lost', reference: 0 },
} as const;

type Measure = keyof typeof measures;

const names: readonly Measure[] = ['rocAuc', 'averagePrecision', 'brier', 'bias'];

/** How the chosen model does on each group of users. */
export function GroupMetricChart({ groups }: { groups: readonly Group[] }) {
  const [selected, select] = useState<Measure>('rocAuc');
  const { axis, reference } = measures[selected];
  const title = groupMetricFinding(groups);
  return (
    <Figure
      name="groups"
      wide
      title={title}
      subtitle="The chosen model on the test rows of each group, with 95% intervals over users. Groups with fewer than ten users of an outcome are grey: too few to tell."
      legend={[
        { label: 'Group', tone: 'stayed', mark: 'dot' },
        { label: 'Too few to tell', tone: 'baseline', mark: 'dot' },
      ]}
      columns={[
        { title: 'Attribute' },
        { title: 'Group' },
        { title: 'Users', format: formatCount },
        { title: 'Rows', format: formatCount },
        { title: 'Lost', format: formatCount },
        ...names.flatMap((name) => [
          { title: measures[name].label, format: formatMetric },
          { title: `${measures[name].label}, 95% interval`, format: formatMetric },
        ]),
      ]}
      rows={groups.map((group) => [
        group.attribute,
        group.group,
        group.users,
        group.rows,
        group.lost,
        ...names.flatMap((name) => [group[name].value, group[name]]),
      ])}
    >
      <Choice
        legend="Metric"
        name="group-metric"
        options={names.map((name) => ({ value: name, label: measures[name].label }))}
        selected={selected}
        onSelect={select}
      />
      <IntervalPlot
        label={`${measures[selected].label} by group`}
        axis={axis}
        {...(reference === undefined ? { include: [0] } : { reference })}
        format={formatMetric}
        tickFormat={formatQuantity}
        rows={groups
          .filter((group) => Number.isFinite(group[selected].value))
          .map((group) => ({
            label: `${group.attribute.replaceAll('_', ' ')}: ${group.group}`,
            interval: group[selected],
            tone: group.isTooSmall ? 'baseline' : 'stayed',
            lines: [
              `${formatCount(group.lost)} lost of ${counted(group.rows, 'row')}, ${counted(group.users, 'user')}`,
            ],
          }))}
      />
    </Figure>
  );
}

/** Groups that the model is clearly too gloomy or too hopeful about. */
function groupMetricFinding(groups: readonly Group[]): string {
  const known = groups.filter(({ isTooSmall }) => !isTooSmall);
  if (known.length === 0) return 'No group has enough users of both outcomes to judge the model by it';
  const biased = known.filter(({ bias }) => bias.low > 0 || bias.high < 0);
  if (biased.length === 0)
    return `In none of ${counted(known.length, 'group')} is the model clearly too high or too low`;
  const high = biased.filter(({ bias }) => bias.low > 0).length;
  return `Of ${counted(known.length, 'group')}, probabilities are clearly too high in ${formatCount(high)} and too low in ${formatCount(biased.length - high)}`;
}
