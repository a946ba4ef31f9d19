import { DAY } from '../../calendar.ts';
import { ALPHA, BETA, COHORT_CYCLE, type LogPlan } from '../../population.ts';
import { dayOf } from '../../scenario-targets.ts';
import { type Stream, uniform } from '../../stream.ts';
import { COHORTS } from '../../transitions.ts';
import type { Evidence } from './evidence.ts';

/** What is known of a user: cohort, and the paces on a grid of their logarithms, each as cumulative probabilities. */
export interface Posterior {
  readonly cohorts: Float64Array;
  readonly alphas: Float64Array;
  readonly betas: Float64Array;
}

/** The hidden numbers of a user, as they might be. */
export interface Hidden {
  readonly cohort: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Shares of the cohorts among those whom a log shows from a time on. */
export function cohortPrior({ users, scenario }: LogPlan, first: number): Float64Array {
  const usual = COHORTS.map(
    (_, index) => (users * COHORT_CYCLE.filter((cohort) => cohort === index).length) / COHORT_CYCLE.length,
  );
  const brought = (scenario?.cohorts ?? []).map(({ users: count, from }) =>
    dayOf(from) * DAY <= first ? count : 0,
  );
  return Float64Array.from([...usual, ...brought]);
}

/**
 * Bayes' rule on what the walk is drawn by. Pauses are exponential with mean alpha, in whole seconds; gaps nearly so with
 * mean beta, over the time in which starts are not thinned out. Both paces are log-normal beforehand.
 */
export function posteriorOf(evidence: Evidence, prior: Float64Array): Posterior {
  const { cohorts, pauses, pauseSeconds, gaps, gapSeconds, isFound } = evidence;
  return {
    cohorts: cumulated(cohorts.map((likelihood, cohort) => likelihood + Math.log(prior[cohort]))),
    alphas: cumulated(
      GRID.map((z) => {
        const alpha = paceAt(z, ALPHA);
        return -(z * z) / 2 - pauseSeconds / alpha + pauses * Math.log(-Math.expm1(-1 / alpha));
      }),
    ),
    betas: cumulated(
      GRID.map((z) => {
        const beta = paceAt(z, BETA);
        const found = isFound ? Math.log(beta + SESSION) : 0;
        return -(z * z) / 2 - gapSeconds / beta - gaps * Math.log(beta) - found;
      }),
    ),
  };
}

export function drawHidden({ cohorts, alphas, betas }: Posterior, stream: Stream): Hidden {
  return {
    cohort: place(cohorts, uniform(stream)),
    alpha: drawPace(alphas, ALPHA, stream),
    beta: drawPace(betas, BETA, stream),
  };
}

/** A pace that the user's own is hardly above. */
export function slowestAlpha({ alphas }: Posterior): number {
  return paceAt(GRID[place(alphas, 1 - 1e-9)] + STEP, ALPHA);
}

/** Mean seconds of a session, roughly. */
const SESSION = 3 * 3600;

/** Standard deviations of the logarithm from its mean. */
const STEP = 0.05;
const GRID = Float64Array.from({ length: 201 }, (_, i) => (i - 100) * STEP);

/** The log-normal of population.ts: σ = 1 and the given mean. */
function paceAt(z: number, mean: number): number {
  return mean * Math.exp(z - 0.5);
}

function drawPace(cumulative: Float64Array, mean: number, stream: Stream): number {
  const z = GRID[place(cumulative, uniform(stream))];
  return paceAt(z + STEP * (uniform(stream) - 0.5), mean);
}

/** @param logs of weights in no unit. */
function cumulated(logs: Float64Array): Float64Array {
  const most = logs.reduce((larger, value) => Math.max(larger, value), Number.NEGATIVE_INFINITY);
  let sum = 0;
  const sums = logs.map((value) => {
    sum += Math.exp(value - most);
    return sum;
  });
  return sums.map((value) => value / sum);
}

function place(cumulative: Float64Array, draw: number): number {
  const found = cumulative.findIndex((value) => draw < value);
  return found < 0 ? cumulative.length - 1 : found;
}
