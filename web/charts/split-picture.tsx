import { scaleLinear } from 'd3-scale';
import type { ReportData, ReportLearning } from '../../src/report/report-data.ts';
import { addDays, formatDay, formatDayTick, parseDay } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { capitalised } from '../words/plural.ts';
import { AxisX } from './axis.tsx';
import { calendarTicks } from './calendar-ticks.ts';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';

type Cutoff = ReportLearning['cutoffs'][number];

interface SplitPictureProps {
  readonly title: string;
  readonly cutoffs: readonly Cutoff[];
  readonly meta: ReportData['meta'];
  readonly log: ReportData['log'];
}

/** Each cutoff a row: features from before it, the label window after it, tinted by what the cutoff is used for. */
export function SplitPicture({ title, cutoffs, meta, log }: SplitPictureProps) {
  return (
    <Figure
      wide
      name="split"
      title={title}
      subtitle="A tick is a cutoff: features see only what lies before it. The bar is the window in which a loss counts; a thin line is the history."
      legend={[
        { label: 'Train', tone: 'train', mark: 'box' },
        { label: 'Embargo, left out', tone: 'embargo', mark: 'box' },
        { label: 'Test', tone: 'test', mark: 'box' },
        { label: 'Scored, outcome still unknown', tone: 'score', mark: 'box' },
        { label: 'End of the log', tone: 'reference', mark: 'tick' },
      ]}
      columns={[
        { title: 'Cutoff' },
        { title: 'Role' },
        { title: 'Examples', format: formatCount },
        { title: 'Lost', format: formatCount },
      ]}
      rows={cutoffs.map(({ day, role, examples, lost }) => [
        day,
        role,
        examples,
        role === 'score' ? 'not known yet' : lost,
      ])}
    >
      <Plot label={title} draw={(width) => draw(cutoffs, meta, log, width)} />
    </Figure>
  );
}

const left = 58;
const top = 4;

function draw(
  cutoffs: readonly Cutoff[],
  { leadDays, horizonDays }: ReportData['meta'],
  log: ReportData['log'],
  width: number,
): Drawing {
  const right = width - 12;
  const step = cutoffs.length > 24 ? 12 : 24;
  const rows = cutoffs.map((cutoff, i) => {
    const time = parseDay(cutoff.day);
    const opens = addDays(time, leadDays);
    return { ...cutoff, time, opens, closes: addDays(opens, horizonDays), y: top + (i + 0.5) * step };
  });
  const end = Math.max(log.lastEvent, ...rows.map(({ closes }) => closes));
  const x = scaleLinear([log.firstEvent, end], [left, right]);
  const bottom = top + rows.length * step + 4;
  const every = Math.ceil(22 / step);
  return {
    height: bottom + 24,
    pick: 'y',
    marks: rows.map(({ role, time, opens, closes, examples, lost, y }) => ({
      x: x(opens),
      y,
      title: `${capitalised(role)}: cutoff ${formatDay(time)}`,
      lines: [
        `loss counted ${formatDay(opens)} to before ${formatDay(closes)}`,
        `${formatCount(examples)} examples${role === 'score' ? '' : `, ${formatCount(lost)} lost`}`,
      ],
    })),
    content: (
      <>
        <AxisX
          ticks={calendarTicks(log.firstEvent, end, Math.floor(width / 80), x)}
          left={left}
          right={right}
          y={bottom}
          gridTop={top}
        />
        <path class="stroke reference" d={`M${x(log.lastEvent)},${top}V${bottom}`} />
        {rows.map(({ day, role, time, opens, closes, y }, i) => (
          <g key={`${day} ${role}`} class={role}>
            {i % every === 0 && (
              <text class="row-label" x={left - 10} y={y + 4} text-anchor="end">
                {formatDayTick(time)}
              </text>
            )}
            <path class="history" d={`M${x(log.firstEvent)},${y}H${x(time)}`} />
            <rect
              class="fill"
              x={x(opens)}
              y={y - step * 0.32}
              width={x(closes) - x(opens)}
              height={step * 0.64}
              rx="2"
            />
            <path class="stroke tick" d={`M${x(time)},${y - step * 0.36}V${y + step * 0.36}`} />
          </g>
        ))}
      </>
    ),
  };
}
