import { scaleLinear } from 'd3-scale';
import type { ReportAttributions } from '../../src/report/report-explanation.ts';
import type { Meanings } from '../report/meanings.ts';
import { formatCount, formatMetric, formatQuantity } from '../words/number.ts';
import { shortMeaning } from '../words/short-meaning.ts';
import { AxisX } from './axis.tsx';
import { Figure } from './figure.tsx';
import { fitText, gutterFor } from './fit-text.ts';
import { type Dot, packDots } from './pack-dots.ts';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

interface AttributionChartProps {
  readonly attributions: ReportAttributions;
  readonly meanings: Meanings;
}

/** What each feature added to each test example's score: few examples as a dot each, many in parts of equally many. */
export function AttributionChart({ attributions, meanings }: AttributionChartProps) {
  const { unit, rows, features } = attributions;
  const title = attributionFinding(attributions, meanings);
  const isDots = features.every(({ low }) => low.length === rows);
  return (
    <Figure
      name="attributions"
      wide
      title={title}
      subtitle={`What a feature added to the scores of ${formatCount(rows)} test examples, in ${unit} and before calibration; ${isDots ? 'a dot is an example' : `a strip is a ${formatCount(features[0]?.low.length ?? 0)}th of them, as long as they lie apart`}. To the right it raised the risk. From blue, the feature’s least values, to red, its greatest; grey where it has none.`}
      columns={[
        { title: 'Feature' },
        { title: 'Meaning' },
        { title: 'Mean size', format: formatMetric },
        ...quantiles.map(({ title }) => ({ title, format: formatMetric })),
        { title: 'Goes with the value', format: formatMetric },
      ]}
      rows={features.map((one) => [
        one.feature,
        meanings.of(one.feature),
        one.meanAbsolute,
        ...quantiles.map(({ at }) => quantile(one, at)),
        correlation(one),
      ])}
    >
      <Plot label={title} draw={(width) => draw(attributions, meanings, isDots, width)} />
    </Figure>
  );
}

type Summary = ReportAttributions['features'][number];

const quantiles = [
  { title: 'Least', at: 0 },
  { title: 'Median', at: 0.5 },
  { title: 'Greatest', at: 1 },
];

function quantile({ low, high }: Summary, at: number): number {
  return at === 1 ? high[high.length - 1] : low[Math.floor(at * (low.length - 1))];
}

/** Pearson's correlation of contribution and the value's place, over the parts. */
function correlation({ low, high, level }: Summary): number {
  const pairs = low
    .map((from, k) => [(from + high[k]) / 2, level[k]])
    .filter(([, place]) => Number.isFinite(place));
  const [mx, my] = [0, 1].map((j) => pairs.reduce((sum, pair) => sum + pair[j], 0) / pairs.length);
  const moment = (i: number, j: number) =>
    pairs.reduce((sum, pair) => sum + (pair[i] - [mx, my][i]) * (pair[j] - [mx, my][j]), 0);
  return moment(0, 1) / Math.sqrt(moment(0, 0) * moment(1, 1));
}

function attributionFinding({ features }: ReportAttributions, meanings: Meanings): string {
  if (features.length === 0) return 'No feature moves the scores';
  const [first] = features;
  const direction = correlation(first);
  const how =
    Math.abs(direction) < 0.3
      ? ''
      : direction > 0
        ? '; more of it raises the risk'
        : '; more of it lowers the risk';
  return `Scores are moved most by: ${meanings.of(first.feature)}${how}`;
}

const top = 8;
const step = 36;
const radius = 2;

function draw(
  { features, unit }: ReportAttributions,
  meanings: Meanings,
  isDots: boolean,
  width: number,
): Drawing {
  const labels = features.map(({ feature }) => shortMeaning(meanings.of(feature)));
  const left = gutterFor(labels, width * 0.4);
  const right = width - 14;
  const bottom = top + features.length * step;
  const ends = features.flatMap(({ low, high }) => [low[0], high[high.length - 1]]).filter(Number.isFinite);
  const x = scaleLinear([Math.min(0, ...ends), Math.max(0, ...ends)], [left, right]).nice();
  return {
    height: bottom + 44,
    pick: 'y',
    marks: features.map((one, i) => ({
      x: x(quantile(one, 0.5)),
      y: top + (i + 0.5) * step,
      title: meanings.of(one.feature),
      lines: [
        `moves a score by ${formatQuantity(one.meanAbsolute)} on average`,
        `from ${formatQuantity(quantile(one, 0))} to ${formatQuantity(quantile(one, 1))}`,
      ],
    })),
    content: (
      <>
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor((right - left) / 80)), formatQuantity)}
          left={left}
          right={right}
          y={bottom}
          title={`contribution to the score, in ${unit}`}
          gridTop={top}
        />
        <path class="stroke reference" d={`M${x(0)},${top}V${bottom}`} />
        {features.map((one, i) => (
          <g key={one.feature} transform={`translate(0,${top + (i + 0.5) * step})`}>
            <text class="row-label" x={left - 12} y={4} text-anchor="end">
              {fitText(labels[i], left - 12)}
            </text>
            {isDots ? <Dots summary={one} x={x} /> : <Strip summary={one} x={x} />}
          </g>
        ))}
      </>
    ),
  };
}

interface MarksProps {
  readonly summary: Summary;
  readonly x: (value: number) => number;
}

function Dots({ summary: { low, level }, x }: MarksProps) {
  const dots: readonly Dot[] = packDots(low.map(x), 2 * radius, step / 2 - radius - 1);
  return (
    <>
      {dots.map(({ x, y }, k) => (
        <circle key={k} class={`fill ${toneOfLevel(level[k])}`} cx={round(x)} cy={round(y)} r={radius} />
      ))}
    </>
  );
}

/** Equally many rows in each part, so the narrower it is the higher it stands. */
function Strip({ summary: { low, high, level }, x }: MarksProps) {
  const widths = low.map((from, k) => Math.max(1, x(high[k]) - x(from)));
  const tallest = step - 6;
  return (
    <>
      {low.map((from, k) => {
        const height = Math.max(3, tallest / widths[k] ** 0.5);
        return (
          <rect
            key={k}
            class={`fill ${toneOfLevel(level[k])}`}
            x={round(x(from))}
            y={round(-height / 2)}
            width={round(widths[k])}
            height={round(height)}
          />
        );
      })}
    </>
  );
}

const tones = 5;

function toneOfLevel(level: number): string {
  return Number.isFinite(level) ? `level-${Math.min(tones - 1, Math.floor(level * tones))}` : 'baseline';
}

/** A tenth of a pixel is all that a screen can show. */
function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
