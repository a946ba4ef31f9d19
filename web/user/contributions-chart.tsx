import { scaleLinear } from 'd3-scale';
import type { ReportScores } from '../../src/report/report-user.ts';
import { scaleOf } from '../../src/report/score-scale.ts';
import { AxisX } from '../charts/axis.tsx';
import { Figure } from '../charts/figure.tsx';
import { fitText } from '../charts/fit-text.ts';
import { type Drawing, Plot } from '../charts/plot.tsx';
import { ticksOf } from '../charts/ticks.ts';
import type { User } from '../report/user-blocks.ts';
import { type ContributionStep, contributionSteps } from './contribution-steps.ts';
import { contributionsFinding, whatTheyAddUpTo } from './contributions-finding.ts';
import { scoreFormat } from './score-format.ts';

interface ContributionsChartProps {
  readonly user: User;
  readonly scores: ReportScores;
  readonly probability: number;
}

/** From the base to the score, a bar a feature: what each adds or takes away. */
export function ContributionsChart({ user, scores, probability }: ContributionsChartProps) {
  const steps = Number.isFinite(user.score) ? contributionSteps(user, scores) : [];
  const title = contributionsFinding(steps);
  const scale = scaleOf[scores.unit];
  const format = (units: number) => scoreFormat(scores.unit)(units / scale);
  return (
    <Figure
      wide
      name="user-reasons"
      title={title}
      subtitle={whatTheyAddUpTo(user, scores, probability)}
      legend={[
        { label: 'raises the score', tone: 'lost', mark: 'box' },
        { label: 'lowers it', tone: 'stayed', mark: 'box' },
        { label: 'base and score', tone: 'baseline', mark: 'box' },
      ]}
      columns={[
        { title: 'What' },
        { title: 'Value' },
        { title: 'Median of those at risk' },
        { title: 'Days it looks back on' },
        { title: `Adds, in ${scores.unit}`, format: scoreFormat(scores.unit) },
        { title: 'Sum so far', format: scoreFormat(scores.unit) },
      ]}
      rows={steps.map(({ what, value, median, days, from, to, kind }) => [
        what,
        value,
        median,
        days,
        (kind === 'part' ? to - from : to) / scale,
        to / scale,
      ])}
    >
      <Plot label={title} draw={(width) => draw(steps, scores.unit, format, width)} />
    </Figure>
  );
}

const step = 42;
const top = 6;

function draw(
  steps: readonly ContributionStep[],
  unit: ReportScores['unit'],
  format: (units: number) => string,
  width: number,
): Drawing {
  const right = width - 64;
  const ends = steps.flatMap(({ kind, from, to }) => (kind === 'part' ? [from, to] : [to]));
  const x = scaleLinear([Math.min(...ends), Math.max(...ends) + 1], [4, right]).nice();
  const bottom = top + steps.length * step + 6;
  const barY = (i: number) => top + i * step + 20;
  return {
    height: bottom + 44,
    pick: 'y',
    marks: steps.map(({ from, to, kind, what, value, median }, i) => ({
      x: x(to),
      y: barY(i) + 7,
      title: value === '' ? what : `${what}: ${value}`,
      lines: [
        ...(median === '' ? [] : [`median of those at risk: ${median}`]),
        `${kind === 'part' ? signed(to - from, format) : format(to)}${unit === 'log-odds' ? ' log-odds' : ''}`,
      ],
    })),
    content: (
      <>
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor(width / 130)), format)}
          left={4}
          right={right}
          y={bottom}
          title={unit === 'log-odds' ? 'score in log-odds' : 'score, a probability'}
          gridTop={top}
        />
        {steps.map((one, i) => (
          <Bar key={one.key} step={one} y={barY(i)} x={x} format={format} width={width} />
        ))}
      </>
    ),
  };
}

interface BarProps {
  readonly step: ContributionStep;
  readonly y: number;
  readonly x: (value: number) => number;
  readonly format: (units: number) => string;
  readonly width: number;
}

function Bar({ step, y, x, format, width }: BarProps) {
  const { from, to, kind } = step;
  const raises = to > from;
  const tone = kind === 'part' ? (raises ? 'lost' : 'stayed') : 'baseline';
  const [low, high] = kind === 'part' ? [Math.min(x(from), x(to)), Math.max(x(from), x(to))] : [x(to), x(to)];
  const label = kind === 'part' ? signed(to - from, format) : format(to);
  return (
    <g class={tone}>
      <text class="row-label" x="4" y={y - 5}>
        {inWords(step, width - 8)}
      </text>
      {kind === 'part' ? (
        <rect class="fill" x={low} y={y} width={Math.max(1.5, high - low)} height="14" />
      ) : (
        <circle class="fill" cx={high} cy={y + 7} r="5" />
      )}
      <text class="row-value" x={high + 9} y={y + 11}>
        {label}
      </text>
    </g>
  );
}

/** With the median beside the value, where there is room for it. */
function inWords({ what, value, median }: ContributionStep, width: number): string {
  if (value === '') return fitText(what, width);
  const whole = `${what}: ${value}, median ${median}`;
  return fitText(whole, width) === whole ? whole : fitText(`${what}: ${value}`, width);
}

function signed(units: number, format: (units: number) => string): string {
  return units > 0 ? `+${format(units)}` : format(units);
}
