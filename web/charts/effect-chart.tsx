import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReportCurve, ReportExplanation } from '../../src/report/report-explanation.ts';
import type { Meanings } from '../report/meanings.ts';
import {
  formatCompact,
  formatPercentTick,
  formatQuantity,
  formatRange,
  formatShare,
} from '../words/number.ts';
import { capitalised } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

interface EffectChartProps {
  readonly effect: ReportExplanation['effects'][number];
  readonly meanings: Meanings;
}

/** How the mean prediction moves with one feature: by partial dependence, with its interval, and by accumulated local effects. */
export function EffectChart({ effect, meanings }: EffectChartProps) {
  const { feature, partialDependence, accumulatedLocalEffects } = effect;
  const meaning = meanings.of(feature);
  const unit = meanings.unitOf(feature);
  const title = effectFinding(meaning, unit, partialDependence);
  const local = aligned(accumulatedLocalEffects, partialDependence);
  return (
    <Figure
      name={`effect-${slug(feature)}`}
      title={title}
      subtitle="Mean predicted probability. Local effects ask only of users like those that are there; they have no level of their own, and are drawn around the same mean."
      legend={[
        { label: 'Partial dependence, 95% interval', tone: 'stayed', mark: 'line' },
        { label: 'Accumulated local effects', tone: 'baseline', mark: 'dashed' },
      ]}
      columns={[
        { title: unit === '' ? 'Value' : `Value, ${unit}`, format: formatQuantity },
        { title: 'Partial dependence', format: formatShare },
        { title: '95% interval', format: formatShare },
        { title: 'Local effect', format: signedPoints },
      ]}
      rows={partialDependence.x.map((x, k) => [
        x,
        partialDependence.value[k],
        pointOf(partialDependence, k),
        accumulatedLocalEffects.value[k] ?? Number.NaN,
      ])}
    >
      <Plot
        label={title}
        draw={(width) => draw(partialDependence, local, unit === '' ? 'value' : `value, in ${unit}`, width)}
      />
    </Figure>
  );
}

function pointOf({ value, low, high }: ReportCurve, k: number) {
  return { value: value[k], low: low[k], high: high[k] };
}

/** Percentage points, with their sign. */
function signedPoints(value: number): string {
  return `${value > 0 ? '+' : ''}${formatQuantity(value * 100)} pp`;
}

function effectFinding(meaning: string, unit: string, { x, value }: ReportCurve): string {
  const known = value.filter(Number.isFinite);
  if (known.length === 0) return `${capitalised(meaning)}: no effect could be measured`;
  const [first, last] = [0, x.length - 1];
  if (Math.max(...known) - Math.min(...known) < 0.0005)
    return `${capitalised(meaning)}: the prediction does not move`;
  const at = (k: number) =>
    `${formatShare(value[k])} at ${formatQuantity(x[k])}${unit === '' ? '' : ` ${unit}`}`;
  return `${capitalised(meaning)}: from ${at(first)} to ${at(last)}`;
}

/** Local effects with the mean that partial dependence has. */
function aligned(local: ReportCurve, dependence: ReportCurve): ReportCurve {
  const shift = mean(dependence.value) - mean(local.value);
  return { ...local, value: local.value.map((value) => value + shift) };
}

function mean(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

const left = 52;
const top = 24;
const bottom = 200;

function draw(dependence: ReportCurve, local: ReportCurve, axis: string, width: number): Drawing {
  const right = width - 14;
  const ends = [...dependence.low, ...dependence.high, ...dependence.value, ...local.value];
  const known = ends.filter(Number.isFinite);
  const places = dependence.x;
  const x = scaleLinear([Math.min(...places), Math.max(...places)], [left, right]);
  const y = scaleLinear([Math.min(0, ...known), Math.max(0.01, ...known)], [bottom, top]).nice(4);
  const indices = places.map((_, k) => k);
  const curve = (of: ReportCurve) =>
    line<number>(
      (k) => x(of.x[k]),
      (k) => y(of.value[k]),
    ).defined((k) => Number.isFinite(of.value[k]));
  const band = area<number>(
    (k) => x(places[k]),
    (k) => y(dependence.low[k]),
    (k) => y(dependence.high[k]),
  ).defined((k) => Number.isFinite(dependence.low[k]) && Number.isFinite(dependence.high[k]));
  return {
    height: bottom + 44,
    pick: 'x',
    marks: indices
      .filter((k) => Number.isFinite(dependence.value[k]))
      .map((k) => ({
        x: x(places[k]),
        y: y(dependence.value[k]),
        title: `${formatQuantity(places[k])}: ${formatShare(dependence.value[k])}`,
        lines: [`95% interval ${formatRange(pointOf(dependence, k), formatShare)}`],
      })),
    content: (
      <>
        <AxisY
          ticks={ticksOf(y, 4, formatPercentTick)}
          left={left}
          right={right}
          title="mean predicted probability"
        />
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor(width / 90)), formatCompact)}
          left={left}
          right={right}
          y={bottom}
          title={axis}
        />
        <path class="band stayed" d={band(indices) ?? ''} />
        <path class="stroke baseline dashed" d={curve(local)(local.x.map((_, k) => k)) ?? ''} />
        <path class="stroke stayed strong" d={curve(dependence)(indices) ?? ''} />
        <path class="stroke reference" d={places.map((place) => `M${x(place)},${bottom}v-5`).join('')} />
      </>
    ),
  };
}
