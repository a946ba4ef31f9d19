import type { ReportLog } from '../../src/report/report-data.ts';
import { coverageFinding } from '../findings/log-findings.ts';
import { calendar } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { Figure } from './figure.tsx';
import { type PanelSeries, TimePanels } from './time-panels.tsx';

/** What had become of the users seen so far, day by day: layers that add up to all of them. */
export function CoverageChart({ coverage }: { coverage: ReportLog['coverage'] }) {
  const title = coverageFinding(coverage);
  const dates = calendar(coverage.map(({ day }) => day));
  const layers = layersOf(dates, coverage);
  return (
    <Figure
      wide
      name="coverage"
      title={title}
      subtitle="Users that the log has seen so far, at the end of each UTC day, by when they last came. Those seen of late came within seven days."
      legend={layers.map(({ name, tone }) => ({ label: name, tone, mark: 'box' }))}
      columns={[
        { title: 'Day' },
        { title: 'Seen so far', format: formatCount },
        { title: 'Active that day', format: formatCount },
        { title: 'Within seven days', format: formatCount },
        { title: 'Lost so far', format: formatCount },
      ]}
      rows={coverage.map(({ day, seen, active, recent, lost }) => [day, seen, active, recent, lost])}
    >
      <TimePanels
        label={title}
        days={dates}
        panels={[{ title: 'Users seen so far', series: layers, height: 220 }]}
        lines={(i) =>
          layers.map(({ name, values, low }) => `${formatCount(values[i] - (low?.[i] ?? 0))} ${name}`)
        }
      />
    </Figure>
  );
}

/** From those active at the bottom to those lost on top. */
function layersOf(dates: readonly string[], coverage: ReportLog['coverage']): PanelSeries[] {
  const byDay = new Map(coverage.map((day) => [day.day, day]));
  let last = { seen: 0, recent: 0, lost: 0 };
  const days = dates.map((date) => {
    const known = byDay.get(date);
    if (known !== undefined) last = known;
    // Between days with a row nothing changes, but for who is active: nobody.
    return { ...last, active: known?.active ?? 0 };
  });
  const tops: [name: string, tone: string, values: number[]][] = [
    ['active that day', 'active-users', days.map(({ active }) => active)],
    ['seen in the six days before', 'recent-users', days.map(({ recent }) => recent)],
    ['silent for longer', 'silent-users', days.map(({ seen, lost }) => seen - lost)],
    ['lost', 'lost', days.map(({ seen }) => seen)],
  ];
  return tops.map(([name, tone, values], i) => ({
    name,
    tone,
    kind: 'stack',
    values,
    ...(i === 0 ? {} : { low: tops[i - 1][2] }),
  }));
}
