import type { ReportUserMeasure } from '../../src/report/report-user.ts';
import { fitText } from '../charts/fit-text.ts';
import type { User } from '../report/user-blocks.ts';

/** One row of marks below the timeline. */
export interface Strip {
  readonly title: string;
  readonly kind: ReportUserMeasure['kind'];
  /** Days with a mark, and how large it is, 0…1. */
  readonly marks: readonly { readonly day: number; readonly size: number }[];
}

/** A strip for each reaction and mark of which there is any, and one for each plan where there is a change of plan. */
export function stripsOf({ days }: User, measures: readonly ReportUserMeasure[]): Strip[] {
  const counted = measures.flatMap(({ title, kind }, i): Strip[] => {
    const most = days.reduce((largest, { counts }) => Math.max(largest, counts[i]), 0);
    if (kind === 'activity' || most === 0) return [];
    const marks = days
      .filter(({ counts }) => counts[i] > 0)
      .map(({ day, counts }) => ({ day, size: Math.sqrt(counts[i] / most) }));
    return [{ title, kind, marks }];
  });
  const plans = [...new Set(days.map(({ plan }) => plan))].filter((plan) => plan !== '');
  const onPlans = plans.map(
    (plan): Strip => ({
      title: `on “${plan}”`,
      kind: 'activity',
      marks: days.filter((day) => day.plan === plan).map(({ day }) => ({ day, size: 1 })),
    }),
  );
  return [...counted, ...onPlans];
}

interface TimelineStripProps {
  readonly strip: Strip;
  /** Of its middle. */
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly centre: (day: number) => number;
  readonly dayWidth: number;
}

const largest = 8;

/** Reactions are dots, plans are bars, and what stands out is a diamond. */
export function TimelineStrip({
  strip: { title, kind, marks },
  y,
  left,
  right,
  centre,
  dayWidth,
}: TimelineStripProps) {
  return (
    <g class={kind === 'mark' ? 'lost' : kind === 'reaction' ? 'stayed' : 'baseline'}>
      <path class="grid-line" d={`M${left},${y}H${right}`} />
      <text class="row-label" x={left - 8} y={y + 4} text-anchor="end">
        {fitText(title, left - 10)}
      </text>
      {marks.map(({ day, size }) =>
        kind === 'activity' ? (
          <rect key={day} class="fill" x={centre(day) - dayWidth / 2} y={y - 3} width={dayWidth} height="6" />
        ) : kind === 'reaction' ? (
          <circle key={day} class="fill" cx={centre(day)} cy={y} r={Math.max(2, size * largest)} />
        ) : (
          <path key={day} class="fill" d={`M${centre(day)},${y - 8}l7,8l-7,8l-7,-8Z`} />
        ),
      )}
    </g>
  );
}
