import type { ReportScores } from '../../src/report/report-user.ts';
import { fitText } from '../charts/fit-text.ts';
import type { User } from '../report/user-blocks.ts';
import { counted } from '../words/plural.ts';

/** Days before the scoring day that some of the largest contributions look back on. */
export interface LookBack {
  readonly title: string;
  readonly days: number;
}

/** The windows of the contributions that are listed, each once, the shortest first; those that look back on all days are left out. */
export function lookBacksOf({ contributions }: User, { features }: ReportScores): LookBack[] {
  const counts = new Map<number, number>();
  for (const { feature } of contributions) {
    const { days } = features[feature];
    if (days !== undefined) counts.set(days, (counts.get(days) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([days, count]) => ({ days, title: `${counted(count, 'reason')}: ${counted(days, 'day')}` }));
}

interface LookBackLineProps {
  readonly lookBack: LookBack;
  readonly y: number;
  readonly left: number;
  /** Where the first of its days begins, and the scoring day. */
  readonly from: number;
  readonly to: number;
}

export function LookBackLine({ lookBack, y, left, from, to }: LookBackLineProps) {
  return (
    <g class="score">
      <text class="row-label" x={left - 8} y={y + 4} text-anchor="end">
        {fitText(lookBack.title, left - 10)}
      </text>
      <path class="stroke" d={`M${from},${y - 5}V${y + 5}M${from},${y}H${to}`} />
    </g>
  );
}
