import type { ReportGroup } from '../../src/report/report-data.ts';
import { groupFinding } from '../findings/group-finding.ts';
import { formatCount, formatPercentTick, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
import { Figure } from './figure.tsx';
import { groupColumns, groupRows } from './group-columns.ts';
import { IntervalPlot } from './interval-plot.tsx';

interface GroupChartProps {
  readonly group: ReportGroup;
  readonly overall: number;
  /** The values have an order of their own, such as months: they are drawn in it. */
  readonly ordered?: boolean;
}

const drawn = 10;

/** The share lost by the values of one attribute, the largest groups drawn, all of them in the table. */
export function GroupChart({ group, overall, ordered = false }: GroupChartProps) {
  const title = groupFinding(group, overall);
  const largest = [...group.rows].sort((a, b) => b.users - a.users).slice(0, drawn);
  const subset = largest.length < group.rows.length;
  if (ordered) largest.sort((a, b) => (a.value < b.value ? -1 : 1));
  return (
    <Figure
      name={`lost-by-${slug(group.attribute)}`}
      title={title}
      subtitle={`Share lost by ${group.attribute}${subset ? `: the ${drawn} largest of ${counted(group.rows.length, 'group')}, the rest in the table` : ''}.${ordered ? ' Who came late had less time to be lost.' : ''}`}
      legend={[
        { label: 'Share with 95% interval', tone: 'lost', mark: 'dot' },
        { label: `All users: ${formatShare(overall)}`, tone: 'reference', mark: 'tick' },
      ]}
      columns={groupColumns(group)}
      rows={groupRows(group)}
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
