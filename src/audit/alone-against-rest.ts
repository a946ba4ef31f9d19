import type { Effects } from '../effects.ts';
import { pairedDifference } from '../evaluation/bootstrap.ts';
import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import { denseRank } from '../evaluation/dense-rank.ts';
import type { ExampleRows } from '../features/examples.ts';
import { fitAll } from '../models/fit-all.ts';
import type { Finding } from './finding.ts';
import { countOutcomes, isTelling } from './outcomes.ts';
import { quickBoosting } from './quick-boosting.ts';
import { type RankingAlone, rankAlone, rankingsAlone } from './ranking-alone.ts';
import { sampleRows } from './sample-rows.ts';

export interface RestSettings {
  readonly seed: number;
  readonly replicates: number;
  /** What a feature comes from, such as an own table: columns of one source may share a leak, and are set aside together. */
  readonly sourceOf: (feature: string) => string;
}

/** Weaker columns are no news. */
const LEAST_AUC = 0.75;
const MOST_CANDIDATES = 3;
/** Rows by which candidates are found; they are judged by all. */
const RANKED_ROWS = 10_000;
const LEAST_GAIN = 0.05;
/** By chance once in 30,000 columns, of which three at most are asked. */
const STANDARD_ERRORS = 4;
/** Standard errors in a 95 % interval. */
const INTERVAL_WIDTH = 3.92;

/**
 * Columns that alone rank better than all columns of other sources together, by more than chance. One honest count among many is never
 * worth more than the rest; the day on which a user's log ends is.
 * @param groups index of each row's user.
 */
export async function findAloneAgainstRest(
  rows: ExampleRows,
  plan: CrossFitPlan,
  groups: Int32Array,
  settings: RestSettings,
  effects: Pick<Effects, 'threads' | 'signal' | 'progress'>,
): Promise<Finding[]> {
  if (!isTelling(countOutcomes(rows.labels))) return [];
  const sample = sampleRows(rows, RANKED_ROWS);
  const candidates = rankingsAlone(sample.matrix, sample.labels)
    .filter(({ auc, by }) => auc >= LEAST_AUC && by === 'value')
    .sort((a, b) => b.auc - a.auc || (a.feature < b.feature ? -1 : 1))
    .slice(0, MOST_CANDIDATES);
  const found: Finding[] = [];
  for (const candidate of candidates) {
    found.push(...(await againstRest(candidate, rows, plan, groups, settings, effects)));
  }
  return found;
}

async function againstRest(
  { feature }: RankingAlone,
  { matrix, labels }: ExampleRows,
  plan: CrossFitPlan,
  groups: Int32Array,
  { seed, replicates, sourceOf }: RestSettings,
  effects: Pick<Effects, 'threads' | 'signal' | 'progress'>,
): Promise<Finding[]> {
  const rest = matrix.names.flatMap((name, j) =>
    name === feature || sourceOf(name) === sourceOf(feature) ? [] : [j],
  );
  if (rest.length === 0) return [];
  const others = {
    ...matrix,
    names: rest.map((j) => matrix.names[j]),
    columns: rest.map((j) => matrix.columns[j]),
    levels: matrix.levels && rest.map((j) => matrix.levels?.[j]),
  };
  const tasks = plan.fits.map(({ trainRows, predictRows }) => ({
    ...quickBoosting,
    seed,
    trainRows,
    predictRows,
  }));
  const fits = await fitAll(tasks, { matrix: others, labels, groups }, effects);
  const judged = Int32Array.from(plan.fits.flatMap(({ predictRows }) => [...predictRows]));
  const outcomes = Uint8Array.from(judged, (row) => labels[row]);
  const together = Float64Array.from(fits.flatMap(({ predictions }) => [...predictions]));
  const alone = asShares(
    Float64Array.from(judged, (row) => matrix.columns[matrix.names.indexOf(feature)][row]),
    outcomes,
  );
  const users = Int32Array.from(judged, (row) => groups[row]);
  const { value, low, high } = pairedDifference(
    outcomes,
    { probabilities: alone, threshold: 0.5 },
    { probabilities: together, threshold: 0.5 },
    users,
    { seed, replicates },
  ).intervals.rocAuc;
  const deviation = (STANDARD_ERRORS * (high - low)) / INTERVAL_WIDTH;
  if (!(value >= LEAST_GAIN && value - deviation > 0)) return [];
  const { auc } = rankAlone(alone, outcomes);
  return [
    {
      check: 'alone against the rest',
      severity: 'suspect',
      feature,
      evidence: { rocAuc: auc, rest: auc - value, low: value - deviation },
      words: `${feature} alone (ROC AUC ${auc.toFixed(3)}) tells more of who is lost than all other columns together (${(auc - value).toFixed(3)}): honest columns do not. Find out when its value is written.`,
    },
  ];
}

/** The column as ranks in 0 … 1, turned so that more means likelier lost; a missing value has the middle one. */
function asShares(values: Float64Array, labels: Uint8Array): Float64Array {
  const { distinct, ranks } = denseRank(values.filter((value) => !Number.isNaN(value)));
  const last = Math.max(distinct.length - 1, 1);
  let next = 0;
  const shares = values.map((value) => (Number.isNaN(value) ? 0.5 : ranks[next++] / last));
  const mean = (label: number) => {
    const own = shares.filter((_, row) => labels[row] === label);
    return own.reduce((sum, share) => sum + share, 0) / own.length;
  };
  return mean(1) >= mean(0) ? shares : shares.map((share) => 1 - share);
}
