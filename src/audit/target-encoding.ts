import type { ExampleRows } from '../features/examples.ts';
import type { Finding } from './finding.ts';
import { countOutcomes, isTelling } from './outcomes.ts';

/** Fewer groups may have the rates that a column happens to hold. */
const FEWEST_GROUPS = 5;
/** A rate that is written down has so many digits at least. */
const TOLERANCE = 1e-6;
/** Levels of equal counts share a value, which spoils the count of that value alone; the others must agree. */
const AGREEING = 0.8;

/** The rows that share a value of the column. */
interface Group {
  readonly value: number;
  readonly rows: number;
  readonly rate: number;
}

/**
 * Columns that hold the rate of loss of these very rows: a category in which each level was replaced by its share of lost rows, plain or
 * drawn towards the overall rate by m rows (Micci-Barreca 2001), fitted on all rows. Each row's own outcome is then part of its feature.
 * An encoding fitted on other rows (out of fold, or of earlier cutoffs) does not give the rates of these.
 */
export function findTargetEncodings({ matrix, labels }: ExampleRows): Finding[] {
  const outcomes = countOutcomes(labels);
  if (!isTelling(outcomes)) return [];
  const overall = outcomes.lost / labels.length;
  return matrix.names.flatMap((feature, j): Finding[] => {
    if (matrix.levels?.[j]) return [];
    const groups = groupsOf(matrix.columns[j], labels);
    const smoothing = groups && smoothingOf(groups, overall);
    if (smoothing === undefined || groups === undefined) return [];
    const how =
      smoothing === 0 ? '' : `, drawn towards the overall rate by ${Number(smoothing.toPrecision(4))} rows`;
    return [
      {
        check: 'target encoding',
        severity: 'leak',
        feature,
        evidence: { levels: groups.length, smoothing },
        words: `${feature} is the rate of loss of the rows that share its value${how}: it was fitted on the rows that it is judged by. Fit it on training rows alone.`,
      },
    ];
  });
}

/** Undefined where the column holds no shares, too few of them, or hardly two rows with the same. */
function groupsOf(values: Float64Array, labels: Uint8Array): Group[] | undefined {
  const sums = new Map<number, [rows: number, lost: number]>();
  const most = values.length / 2;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    if (values[row] < 0 || values[row] > 1) return undefined;
    const sum = sums.get(values[row]);
    if (sum === undefined) {
      if (sums.size >= most) return undefined;
      sums.set(values[row], [1, labels[row]]);
    } else {
      sum[0]++;
      sum[1] += labels[row];
    }
  }
  if (sums.size < FEWEST_GROUPS) return undefined;
  return [...sums].map(([value, [rows, lost]]) => ({ value, rows, rate: lost / rows }));
}

/** By how many rows of the overall rate the groups' rates were smoothed, 0 for none; undefined where the values are no such rates. */
function smoothingOf(groups: readonly Group[], overall: number): number | undefined {
  const rates = new Set(groups.map(({ rate }) => rate));
  if (rates.size < FEWEST_GROUPS) return undefined;
  const agree = (matches: (group: Group) => boolean) =>
    groups.filter(matches).length >= AGREEING * groups.length;
  if (agree(({ value, rate }) => Math.abs(value - rate) <= TOLERANCE)) return 0;
  // value = (rows · rate + m · overall) / (rows + m), solved for m.
  const ms = groups.map(({ value, rows, rate }) => (rows * (rate - value)) / (value - overall));
  const rising = ms.filter((m) => m > 0 && Number.isFinite(m)).sort((a, b) => a - b);
  const middle = rising[rising.length >> 1];
  if (middle === undefined) return undefined;
  const expected = ({ rows, rate }: Group) => (rows * rate + middle * overall) / (rows + middle);
  return agree((group) => Math.abs(group.value - expected(group)) <= TOLERANCE) ? middle : undefined;
}
