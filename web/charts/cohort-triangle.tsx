import type { ReportCohorts } from '../../src/report/report-leaving.ts';
import { cohortFinding } from '../findings/leaving-findings.ts';
import { formatDay, parseDay } from '../words/date.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { capitalised, counted } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { evenScale, HeatGrid } from './heat-grid.tsx';

/** Fewer users than these say little of their cohort. */
const few = 10;

/** The share of each cohort that came in each period since it was first seen. */
export function CohortTriangle({ cohorts }: { cohorts: ReportCohorts }) {
  const { period, rows } = cohorts;
  const title = cohortFinding(cohorts);
  const ages = Math.max(0, ...rows.map(({ active }) => active.length));
  return (
    <Figure
      wide
      name="cohorts"
      title={title}
      subtitle={`Share of the users first seen in a ${period} who came that many ${period}s later. The first cohort holds everyone who was there when the log began. Hatched: cohorts of fewer than ${few} users, and a last ${period} that the log does not cover to its end.`}
      columns={[
        { title: `First seen in the ${period} of` },
        { title: `${period}s later`, format: formatCount },
        { title: 'Users', format: formatCount },
        { title: 'Came', format: formatCount },
        { title: 'Share that came', format: formatShare },
        { title: 'Lost by then', format: formatCount },
      ]}
      rows={rows.flatMap(({ start, users, active, lost }) =>
        active.map((came, age) => [start, age, users, came, came / users, lost[age]]),
      )}
    >
      <HeatGrid
        label={title}
        rows={rows.map(({ start, users }) => `${formatDay(parseDay(start))} (${formatCount(users)})`)}
        columns={Array.from({ length: ages }, (_, at) => ({ at, label: String(at) })).filter(
          ({ at }) => ages <= 14 || at % 2 === 0,
        )}
        width={ages}
        axis={`${capitalised(period)}s since first seen`}
        scale={evenScale('stayed', '0%', '100% came')}
        cells={rows.flatMap(({ start, users, active, lost, complete }, row) =>
          active.map((came, age) => ({
            row,
            column: age,
            tint: came / users,
            text: `${Math.round((100 * came) / users)}`,
            hatched: users < few || (age === active.length - 1 && !complete),
            title: `${formatDay(parseDay(start))}, ${counted(age, period)} later: ${formatShare(came / users)} came`,
            lines: [
              `${formatCount(came)} of ${counted(users, 'user')}`,
              `${formatCount(lost[age])} lost by then`,
            ],
          })),
        )}
      />
    </Figure>
  );
}
