import type { ReportData } from '../../src/report/report-data.ts';
import { BarChart } from '../charts/bar-chart.tsx';
import { CoverageChart } from '../charts/coverage-chart.tsx';
import { DailyChart } from '../charts/daily-chart.tsx';
import { HourHeatMap } from '../charts/hour-heat-map.tsx';
import { PlanDaysChart } from '../charts/plan-days-chart.tsx';
import { actionFinding, dailyFinding, dimensionFinding, hourFinding } from '../findings/log-findings.ts';
import { formatDay } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
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
        {log.plans.length > 0 && <PlanDaysChart plans={log.plans} play={play} />}
        <CoverageChart coverage={log.coverage} />
      </div>
      {log.dimensions.length > 0 && (
        <div class="grid">
          {log.dimensions.map((dimension) => (
            <DimensionChart key={dimension.name} dimension={dimension} />
          ))}
        </div>
      )}
      <div class="grid">
        <TopList kind={creator} entries={log.topCreators} play={play} />
        <TopList kind={item} entries={log.topItems} play={play} />
      </div>
    </Section>
  );
}

function DimensionChart({ dimension }: { dimension: ReportData['log']['dimensions'][number] }) {
  const { name, values } = dimension;
  return (
    <BarChart
      name={`lines-by-${slug(name)}`}
      title={dimensionFinding(dimension)}
      subtitle={`Good lines by ${name}, those of nobody included.`}
      axis="lines"
      bars={values.slice(0, 12).map(({ value, rows, anonymous, users }) => ({
        label: value,
        value: rows,
        lines: [`${formatCount(anonymous)} of nobody`, counted(users, 'user')],
      }))}
      columns={[
        { title: name },
        { title: 'Lines', format: formatCount },
        { title: 'Of nobody', format: formatCount },
        { title: 'Users', format: formatCount },
      ]}
      rows={values.map(({ value, rows, anonymous, users }) => [value, rows, anonymous, users])}
    />
  );
}
