import { denseRank } from './dense-rank.ts';
import type { CensoringCurve, WatchedTimes } from './survival-censoring.ts';

/**
 * Cumulative/dynamic ROC AUC at a time (Uno et al. 2007; Hung and Chiang 2010): how likely who is lost by then has a higher risk than
 * who stays beyond it, a tie counting half, losses weighed for censoring.
 *
 * @param risks any score of each row, higher = sooner lost; finite.
 * @returns the area when each row counts so often as `countOf` says, NaN unless some are lost and some stay.
 */
export function dynamicAuc(
  { times, lost }: WatchedTimes,
  censoring: CensoringCurve,
  risks: Float64Array,
  time: number,
): (countOf: (row: number) => number) => number {
  const { distinct, ranks } = denseRank(risks);
  const cases = rowsByRank(ranks, (row) => lost[row] === 1 && times[row] <= time);
  const controls = rowsByRank(ranks, (row) => times[row] > time);
  const staying = new Float64Array(distinct.length);
  return (countOf) => {
    staying.fill(0);
    for (const row of controls) staying[ranks[row]] += countOf(row);
    let below = 0;
    // Each place becomes those below it and half of its own: what a case there has won.
    for (let k = 0; k < staying.length; k++) {
      const own = staying[k];
      staying[k] = below + own / 2;
      below += own;
    }
    let won = 0;
    let weights = 0;
    for (const row of cases) {
      const weight = countOf(row) / censoring.ofRows[row];
      won += weight * staying[ranks[row]];
      weights += weight;
    }
    return won / (weights * below);
  };
}

/** By rising rank, so that a pass over them goes through memory in order and adds up in one. */
function rowsByRank(ranks: Int32Array, isWanted: (row: number) => boolean): Int32Array {
  return Int32Array.from(ranks.keys())
    .filter(isWanted)
    .sort((a, b) => ranks[a] - ranks[b] || a - b);
}
