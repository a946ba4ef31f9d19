import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { AxisX, AxisY } from '../charts/axis.tsx';
import { type Drawing, Plot } from '../charts/plot.tsx';
import { ticksOf } from '../charts/ticks.ts';
import { formatPercentTick, formatShare } from '../words/number.ts';
import { capitalised, counted } from '../words/plural.ts';
import { type Decision, flaggedBy, flaggedShare } from './decisions.ts';

interface DecisionLine {
  readonly name: string;
  readonly stroke: string;
  readonly value: (decision: Decision) => number;
}

interface DecisionPlotProps {
  readonly label: string;
  readonly axis: string;
  readonly decisions: readonly Decision[];
  readonly at: number;
  readonly lines: readonly DecisionLine[];
  readonly format: (value: number) => string;
  readonly tickFormat: (value: number) => string;
  /** Values the axis always shows. */
  readonly include: readonly number[];
}

/** What is decided, against the share of examples flagged, with the present threshold as a vertical line. */
export function DecisionPlot(props: DecisionPlotProps) {
  return <Plot label={props.label} draw={(width) => draw(props, width)} />;
}

const left = 58;
const top = 24;
const bottom = 210;

function draw(
  { axis, decisions, at, lines, format, tickFormat, include }: DecisionPlotProps,
  width: number,
): Drawing {
  const right = width - 14;
  const values = decisions.flatMap((decision) => lines.map(({ value }) => value(decision)));
  const known = [...values, ...include].filter(Number.isFinite);
  const x = scaleLinear([0, 1], [left, right]);
  const y = scaleLinear([Math.min(...known), Math.max(...known)], [bottom, top]).nice(4);
  const place = x(flaggedShare(decisions[at]));
  return {
    height: bottom + 44,
    pick: 'x',
    marks: decisions.flatMap((decision) => {
      const first = lines[0].value(decision);
      if (!Number.isFinite(first) || !Number.isFinite(flaggedShare(decision))) return [];
      return [
        {
          x: x(flaggedShare(decision)),
          y: y(first),
          title: `${capitalised(lines[0].name)}: ${format(first)}`,
          lines: [
            ...lines.slice(1).map(({ name, value }) => `${name}: ${format(value(decision))}`),
            `threshold ${formatShare(decision.threshold)}`,
            `${counted(flaggedBy(decision), 'example')} flagged (${formatShare(flaggedShare(decision))})`,
          ],
        },
      ];
    }),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, tickFormat)} left={left} right={right} title={axis} />
        <AxisX
          ticks={ticksOf(x, 4, formatPercentTick)}
          left={left}
          right={right}
          y={bottom}
          title="share of examples flagged"
        />
        {Number.isFinite(place) && <path class="stroke reference" d={`M${place},${top}V${bottom}`} />}
        {lines.map(({ name, stroke, value }) => (
          <path
            key={name}
            class={`stroke ${stroke}`}
            d={
              line<Decision>(
                (decision) => x(flaggedShare(decision)),
                (decision) => y(value(decision)),
              ).defined((decision) => Number.isFinite(value(decision)))(decisions) ?? ''
            }
          />
        ))}
      </>
    ),
  };
}
