import { denseRank } from '../evaluation/dense-rank.ts';
import type { Matrix } from '../models/matrix.ts';
import type { Finding } from './finding.ts';
import { dot } from './solve-in-rows.ts';

/** What a column is held against: what the user did up to the cutoff, and what the log says they did after it. */
export interface Hindsight {
  readonly past: Matrix;
  readonly future: Matrix;
  /** The user of each row. */
  readonly users: readonly string[];
}

/** The strongest tie of a column to what came after the cutoff, beside all that was known at it. */
interface Tie {
  readonly feature: string;
  readonly future: string;
  /** Partial correlation of ranks, −1 … 1. */
  readonly correlation: number;
  /** Its distance from 0 in standard errors, by the number of users: rows of one are not independent. */
  readonly deviation: number;
}

/** No feature of ours, each known to be honest, comes near this; see docs/audit.md. */
const STRONGEST_HONEST = 0.4;
/** Many columns are asked: by chance one in two million lies so far out. */
const DEVIATIONS = 5;

/**
 * Columns that know what came after the cutoff better than anything known at it can explain: a count of next week's plays follows next
 * week's plays. Needs no outcome, so that it works where losses are few.
 */
export function findForeknowledge(columns: Matrix, hindsight: Hindsight): Finding[] {
  return strongestTies(columns, hindsight)
    .filter(
      ({ correlation, deviation }) =>
        Math.abs(correlation) >= STRONGEST_HONEST && Math.abs(deviation) >= DEVIATIONS,
    )
    .map(({ feature, future, correlation, deviation }) => ({
      check: 'foreknowledge',
      severity: 'suspect',
      feature,
      evidence: { correlation, deviation },
      words: `${feature} follows ${future} after the cutoff (rank correlation ${correlation.toFixed(2)} beside all past activity; honest features stay below ${STRONGEST_HONEST}): its date is likely the begin, not the end, of the time that it tells of.`,
    }));
}

/** Partial rank correlations (Kendall 1942) with each column of the future, given the past; of each column the strongest. */
export function strongestTies(columns: Matrix, { past, future, users }: Hindsight): Tie[] {
  const basis = orthonormal(past.columns.map(ranked));
  const futures = future.columns.map((column) => residual(ranked(column), basis));
  const freedom = new Set(users).size - basis.length - 3;
  return columns.names.flatMap((feature, j): Tie[] => {
    const own = residual(ranked(columns.columns[j]), basis);
    const size = dot(own, own);
    if (size < LEAST_REST * columns.rows || freedom < 1) return [];
    const ties = futures.map((one, k) => {
      const correlation = dot(own, one) / Math.sqrt(size * Math.max(dot(one, one), Number.MIN_VALUE));
      const bounded = Math.max(-0.999999, Math.min(0.999999, correlation));
      return {
        feature,
        future: future.names[k],
        correlation,
        // Fisher's z.
        deviation: Math.atanh(bounded) * Math.sqrt(freedom),
      };
    });
    return [
      ties.reduce((best, tie) => (Math.abs(tie.correlation) > Math.abs(best.correlation) ? tie : best)),
    ];
  });
}

/** A column of ranks in 0 … 1 of which the past leaves less variance than this holds nothing of its own. */
const LEAST_REST = 1e-4;

/** Ranks in 0 … 1; a missing value has the middle one. */
function ranked(values: Float64Array): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  const { distinct, ranks } = denseRank(present);
  const last = Math.max(distinct.length - 1, 1);
  let next = 0;
  return values.map((value) => (Number.isNaN(value) ? 0.5 : ranks[next++] / last));
}

/** An orthonormal basis of the constant and the columns; what adds nothing is left out. */
function orthonormal(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  const constant = new Float64Array(columns[0]?.length ?? 0).fill(1);
  for (const column of [constant, ...columns]) {
    const own = residual(column, basis);
    const size = Math.sqrt(dot(own, own));
    if (size > 1e-9 * Math.sqrt(column.length)) basis.push(own.map((value) => value / size));
  }
  return basis;
}

function residual(column: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = column.slice();
  for (const direction of basis) {
    const along = dot(direction, rest);
    for (let i = 0; i < rest.length; i++) rest[i] -= along * direction[i];
  }
  return rest;
}
