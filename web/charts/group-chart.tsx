import type { ReportGroup } from '../../src/report/report-data.ts';
import { groupFinding } from '../findings/group-finding.ts';
import { formatCount, formatPercentTick, formatRange, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { IntervalPlot } from './interval-plot.tsx';

interface GroupChartProps {
  readonly group: ReportGroup;
  readonly overall: number;
}

const drawn = 10;

/** The share lost by the values of one attribute, the largest groups drawn, all of them in the table. */
export function GroupChart({ group, overall }: GroupChartProps) {
  const title = groupFinding(group, overall);
  const largest = [...group.rows].sort((a, b) => b.users - a.users).slice(0, drawn);
  const subset = largest.length < group.rows.length;
  return (
    <Figure
      title={title}
      subtitle={`Share lost by ${group.attribute}${subset ? `: the ${drawn} largest of ${counted(group.rows.length, 'group')}, the rest in the table` : ''}.`}
      legend={[
        { label: 'Share with 95% interval', tone: 'lost', mark: 'dot' },
        { label: `All users: ${formatShare(overall)}`, tone: 'reference', mark: 'tick' },
      ]}
      columns={[
        { title: group.attribute },
        { title: 'Users', numeric: true },
        { title: 'Lost', numeric: true },
        { title: 'Share lost', numeric: true },
        { title: '95% interval', numeric: true },
      ]}
      rows={group.rows.map(({ value, users, lost, share }) => [
        value,
        formatCount(users),
        formatCount(lost),
        formatShare(share.value),
        formatRange(share, formatShare),
      ])}
    >
      <IntervalPlot
        label={title}
        axis="share lost"
        reference={overall}
        include={[0]}
        format={formatShare}
        tickFormat={formatPercentTick}
        rows={largest.map(({ value, users, lost, share }) => ({
          label: value,
          interval: share,
          tone: 'lost',
          lines: [`${formatCount(lost)} of ${counted(users, 'user')}`],
        }))}
      />
    </Figure>
  );
}
