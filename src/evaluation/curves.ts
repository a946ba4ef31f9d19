import { countLabels, type ScoreTally } from './score-tally.ts';
import { type AreaRule, thinCurve } from './thinning.ts';

export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

export interface PrecisionRecallPoint {
  readonly recall: number;
  readonly precision: number;
}

export interface GainsPoint {
  /** Share of the rows, those with the highest scores first. */
  readonly share: number;
  /** Share of the lost rows that are among them. */
  readonly captured: number;
}

/**
 * From (0, 0) to (1, 1), to be joined by straight lines: the area is `rocAuc` within 1e-3, some 200 points.
 * Empty unless there are rows of both labels.
 */
export function rocCurve(tally: ScoreTally): RocPoint[] {
  const total = countLabels(tally);
  if (total.positives === 0 || total.negatives === 0) return [];
  return traceCurve(tally, 'trapezoid', { x: 0, y: 0 }, (lost, stayed) => ({
    x: stayed / total.negatives,
    y: lost / total.positives,
  })).map(({ x, y }) => ({ falsePositiveRate: x, truePositiveRate: y }));
}

/**
 * By rising recall, to be drawn as steps, each point's precision back to the recall before: the area is
 * `averagePrecision` within 1e-3, some 200 points. It starts at recall 0 with the precision of the highest
 * score, and ends at recall 1 with the share of lost rows. Empty without a lost row.
 */
export function precisionRecallCurve(tally: ScoreTally): PrecisionRecallPoint[] {
  const total = countLabels(tally);
  if (total.positives === 0) return [];
  const highest = tally.positives[0] / (tally.positives[0] + tally.negatives[0]);
  return traceCurve(tally, 'step', { x: 0, y: highest }, (lost, stayed) => ({
    x: lost / total.positives,
    y: lost / (lost + stayed),
  })).map(({ x, y }) => ({ recall: x, precision: y }));
}

/**
 * Cumulative gains from (0, 0) to (1, 1), to be joined by straight lines, some 200 points; at a share of 0.1 it
 * is a tenth of `topDecileLift`. Empty without a lost row.
 */
export function gainsCurve(tally: ScoreTally): GainsPoint[] {
  const total = countLabels(tally);
  if (total.positives === 0) return [];
  return traceCurve(tally, 'trapezoid', { x: 0, y: 0 }, (lost, stayed) => ({
    x: (lost + stayed) / (total.positives + total.negatives),
    y: lost / total.positives,
  })).map(({ x, y }) => ({ share: x, captured: y }));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The point after each score, by the rows of each label at or above it; thinned. */
function traceCurve(
  { scores, positives, negatives }: ScoreTally,
  rule: AreaRule,
  start: Point,
  pointAt: (lost: number, stayed: number) => Point,
): Point[] {
  const points = [start];
  let lost = 0;
  let stayed = 0;
  for (let i = 0; i < scores.length; i++) {
    lost += positives[i];
    stayed += negatives[i];
    points.push(pointAt(lost, stayed));
  }
  const kept = thinCurve(
    Float64Array.from(points, ({ x }) => x),
    Float64Array.from(points, ({ y }) => y),
    rule,
  );
  return kept.map((index) => points[index]);
}
