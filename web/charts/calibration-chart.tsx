import { scaleLinear } from 'd3-scale';
import type { ReportModel } from '../../src/report/report-data.ts';
import type { Row } from '../tables/cell.ts';
import { formatCount, formatPercentTick, formatRange, formatShare } from '../words/number.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

type Bins = ReportModel['calibration'];

interface CalibrationChartProps {
  readonly title: string;
  readonly bins: Bins;
  /** As the learner left it, and the name of what put it right since; absent where nothing did. */
  readonly before?: { readonly bins: Bins; readonly calibrator: string };
}

/** The share that left among examples of like predicted probability, with its interval, against the diagonal. */
export function CalibrationChart({ title, bins, before }: CalibrationChartProps) {
  const earlier = before?.bins ?? [];
  return (
    <Figure
      name="calibration"
      title={title}
      subtitle={`Test examples in bins of like prediction. On the diagonal, predictions come true as often as they say.${before ? ` Put right by ${before.calibrator}, fitted out of fold.` : ''}`}
      legend={[
        { label: 'Bin with 95% interval', tone: 'stayed', mark: 'dot' },
        ...(before ? [{ label: 'As the learner left it', tone: 'baseline', mark: 'dot' } as const] : []),
        { label: 'Prediction comes true', tone: 'reference', mark: 'line' },
      ]}
      columns={[
        { title: 'Predicted', format: formatShare },
        { title: 'Observed', format: formatShare },
        { title: '95% interval', format: formatShare },
        { title: 'Examples', format: formatCount },
        { title: 'State' },
      ]}
      rows={[...rowsOf(bins, before ? 'put right' : 'as learned'), ...rowsOf(earlier, 'as learned')]}
    >
      <Plot label={title} draw={(width) => draw(bins, earlier, width)} />
    </Figure>
  );
}

const left = 46;
const top = 24;

function rowsOf(bins: Bins, state: string): Row[] {
  return bins.map(({ predicted, observed, examples }) => [
    predicted,
    observed.value,
    observed,
    examples,
    state,
  ]);
}

function draw(bins: Bins, earlier: Bins, width: number): Drawing {
  const right = width - 14;
  const bottom = top + Math.min(right - left, 300);
  const ends = [...bins, ...earlier].flatMap(({ predicted, observed }) => [
    predicted,
    observed.value,
    observed.high,
  ]);
  const most = Math.min(1, Math.max(0.1, ...ends.filter(Number.isFinite)));
  const x = scaleLinear([0, most], [left, right]).nice(4);
  const y = scaleLinear(x.domain(), [bottom, top]);
  const end = x.domain()[1];
  const known = bins.filter(
    ({ predicted, observed }) => Number.isFinite(predicted) && Number.isFinite(observed.value),
  );
  return {
    height: bottom + 44,
    pick: 'x',
    marks: known.map(({ predicted, observed, examples }) => ({
      x: x(predicted),
      y: y(observed.value),
      title: `Predicted ${formatShare(predicted)}`,
      lines: [
        `${formatShare(observed.value)} left (${formatRange(observed, formatShare)})`,
        `${formatCount(examples)} examples`,
      ],
    })),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatPercentTick)} left={left} right={right} title="share that left" />
        <AxisX
          ticks={ticksOf(x, 4, formatPercentTick)}
          left={left}
          right={right}
          y={bottom}
          title="predicted probability"
        />
        <path class="stroke reference" d={`M${x(0)},${y(0)}L${x(end)},${y(end)}`} />
        {earlier
          .filter(({ predicted, observed }) => Number.isFinite(predicted) && Number.isFinite(observed.value))
          .map(({ predicted, observed }) => (
            <circle key={predicted} class="fill baseline" cx={x(predicted)} cy={y(observed.value)} r="3" />
          ))}
        {known.map(({ predicted, observed }) => (
          <g key={predicted} class="stayed">
            {Number.isFinite(observed.low) && Number.isFinite(observed.high) && (
              <path class="stroke whisker" d={`M${x(predicted)},${y(observed.low)}V${y(observed.high)}`} />
            )}
            <circle class="fill" cx={x(predicted)} cy={y(observed.value)} r="4.5" />
          </g>
        ))}
      </>
    ),
  };
}
