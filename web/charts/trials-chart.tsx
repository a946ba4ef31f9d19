import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { ReportTrials } from '../../src/report/report-explanation.ts';
import { formatCount, formatMetric } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf, ticksOf } from './ticks.ts';

type Learner = ReportTrials['learners'][number];
type Trial = Learner['trials'][number];

/** The log loss of every setting tried, in the order tried, and the best so far. */
export function TrialsChart({
  learner: { learner, title: name, trials },
  order,
}: {
  learner: Learner;
  order: string;
}) {
  const title = trialsFinding(name, trials);
  return (
    <Figure
      name={`trials-${slug(learner)}`}
      title={title}
      subtitle={`Log loss on validation rows by trial (validation: ${order.replaceAll('-', ' ')}). The first is of the defaults; no test row is looked at.`}
      legend={[
        { label: 'Tried on all folds', tone: 'stayed', mark: 'dot' },
        { label: 'Stopped early, estimated', tone: 'baseline', mark: 'dot' },
        { label: 'Best so far', tone: 'stayed', mark: 'line' },
      ]}
      columns={[
        { title: 'Trial', format: formatCount },
        { title: 'State' },
        { title: 'Folds', format: formatCount },
        { title: 'Log loss', format: formatMetric },
        { title: 'Settings' },
      ]}
      rows={trials.map(({ state, folds, logLoss, settings }, i) => [i + 1, state, folds, logLoss, settings])}
    >
      <Plot label={title} draw={(width) => draw(trials, width)} />
    </Figure>
  );
}

function trialsFinding(name: string, trials: readonly Trial[]): string {
  const [first] = trials;
  const chosen = trials.find(({ state }) => state === 'chosen');
  if (!first || !chosen) return `${name}: no setting was tried to its end`;
  if (chosen === first) return `${name}: none of ${counted(trials.length, 'trial')} beats the defaults`;
  return `${name}: the best of ${counted(trials.length, 'trial')} has a log loss of ${formatMetric(chosen.logLoss)}, the defaults ${formatMetric(first.logLoss)}`;
}

const left = 52;
const top = 24;
const bottom = 190;

function draw(trials: readonly Trial[], width: number): Drawing {
  const right = width - 14;
  const losses = trials.map(({ logLoss }) => logLoss).filter(Number.isFinite);
  const least = Math.min(...losses);
  // A few hopeless trials must not flatten the rest: what lies above is drawn at the edge, its number in the table.
  const most = Math.min(Math.max(...losses), least + 2 * (median(losses) - least || 0.01));
  const x = scaleLinear([1, Math.max(2, trials.length)], [left + 8, right]);
  const y = scaleLinear([least, most === least ? least + 0.01 : most], [bottom, top])
    .nice(4)
    .clamp(true);
  const best = bestSoFar(trials);
  return {
    height: bottom + 44,
    pick: 'xy',
    marks: trials.map(({ logLoss, state, settings }, i) => ({
      x: x(i + 1),
      y: y(logLoss),
      title: `Trial ${i + 1}, ${state}: ${formatMetric(logLoss)}`,
      lines: [settings],
    })),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatMetric)} left={left} right={right} title="log loss, in nats" />
        <AxisX
          ticks={countTicksOf(x, Math.max(2, Math.floor(width / 60)), formatCount)}
          left={left}
          right={right}
          y={bottom}
          title="trial"
        />
        <path
          class="stroke stayed"
          d={
            line<number>((_, i) => x(i + 1), y)
              .defined(Number.isFinite)
              .curve(curveStepAfter)(best) ?? ''
          }
        />
        {trials.map(({ logLoss, state }, i) => (
          <circle
            key={i}
            class={`fill ${state === 'stopped' ? 'baseline' : 'stayed'}`}
            cx={x(i + 1)}
            cy={y(logLoss)}
            r={state === 'chosen' ? 6 : 3.5}
          />
        ))}
      </>
    ),
  };
}

/** Of the trials that were fitted on all folds; NaN before the first of them. */
function bestSoFar(trials: readonly Trial[]): number[] {
  let least = Number.NaN;
  return trials.map(({ logLoss, state }) => {
    if (state !== 'stopped' && !(least <= logLoss)) least = logLoss;
    return least;
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
