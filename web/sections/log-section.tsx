import type { ReportData } from '../../src/report/report-data.ts';
import { BarChart } from '../charts/bar-chart.tsx';
import { DailyChart } from '../charts/daily-chart.tsx';
import { HourHeatMap } from '../charts/hour-heat-map.tsx';
import { actionFinding, dailyFinding, hourFinding } from '../findings/log-findings.ts';
import { formatDay } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { InputAccount } from './input-account.tsx';
import { NullColumns } from './null-columns.tsx';
import { Section } from './section.tsx';
import { TopList } from './top-list.tsx';

export function LogSection({ data: { input, log, meta } }: { data: ReportData }) {
  const { loss, play, item, creator } = meta.words;
  return (
    <Section
      id="log"
      title="The log"
      lead={`${counted(input.files, 'file')}, ${formatDay(log.firstEvent)} to ${formatDay(log.lastEvent)}, ${counted(log.users, 'user')}. Every line read is accounted for.`}
    >
      <InputAccount input={input} />
      <div class="grid">
        <BarChart
          name="actions"
          title={actionFinding(log.actions)}
          subtitle="Accepted events by action."
          axis="events"
          bars={log.actions.map(({ name, rows, users }) => ({
            label: name,
            value: rows,
            lines: [counted(users, 'user')],
          }))}
          columns={[
            { title: 'Action' },
            { title: 'Events', format: formatCount },
            { title: 'Users', format: formatCount },
          ]}
          rows={log.actions.map(({ name, rows, users }) => [name, rows, users])}
        />
        <div class="stacked">
          <HourHeatMap title={hourFinding(log.hoursByWeekday)} counts={log.hoursByWeekday} />
          <NullColumns nulls={input.nulls} />
        </div>
        <DailyChart title={dailyFinding(log, loss)} days={log.days} loss={loss} play={play} />
        <TopList kind={creator} entries={log.topCreators} play={play} />
        <TopList kind={item} entries={log.topItems} play={play} />
      </div>
    </Section>
  );
}
