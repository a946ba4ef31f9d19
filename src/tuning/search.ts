import type { SearchSpace } from '../models/search-space.ts';
import { createRandom, hash32, type Random } from '../random.ts';
import { raceCost, rungsOf, survivors } from './halving.ts';
import {
  dimensionsOf,
  type NamedDimension,
  type Point,
  pointOf,
  type Settings,
  settingsAt,
  settingsKey,
} from './points.ts';
import { propose, spread } from './propose.ts';
import { bestTrial, estimatedLoss, type Trial } from './trial.ts';

/** One fit of a trial. */
export interface FoldFit {
  readonly settings: Settings;
  readonly fold: number;
}

export interface SearchProblem {
  readonly space: SearchSpace;
  /** The first to be tried. */
  readonly defaults: Settings;
  /** By fold, its share of all validation rows. */
  readonly weights: readonly number[];
  /** The loss of each fit. */
  readonly evaluate: (fits: readonly FoldFit[]) => Promise<readonly number[]>;
}

export interface SearchLimits {
  readonly fits: number;
  /** Asked before more fits are begun. */
  readonly isTimeUp: () => boolean;
}

/** Settings that are proposed together, on what is known by then: the same at any number of threads. */
const BATCH = 8;
/** Trials that spread over the space before the estimator knows enough to propose. */
const SPREAD = 8;
/** Proposals that repeat a trial, after which a space counts as exhausted. */
const MOST_REPEATS = 50;

/**
 * Searches a space: the defaults, then places that spread over it, then those that the tree-structured Parzen estimator
 * proposes. Successive halving over the folds (Jamieson and Talwalkar 2016) spends the fits: of a batch all are fitted on
 * the first fold, the better half on the second, and half of those on the others.
 * @returns every trial in the order in which it was proposed; the first is of the defaults, on all folds.
 */
export async function search(problem: SearchProblem, limits: SearchLimits, seed: number): Promise<Trial[]> {
  const state = new Search(problem, limits, createRandom(hash32('tuning', seed)));
  await state.run();
  return state.trials;
}

interface OpenTrial extends Trial {
  readonly losses: number[];
  /** Absent where a value is none of the space's, as defaults may be. */
  readonly point: Point | undefined;
}

class Search {
  readonly trials: OpenTrial[] = [];
  readonly #problem: SearchProblem;
  readonly #limits: SearchLimits;
  readonly #random: Random;
  readonly #dimensions: readonly NamedDimension[];
  readonly #rungs: readonly (readonly number[])[];
  readonly #tried = new Set<string>();
  #fits = 0;

  constructor(problem: SearchProblem, limits: SearchLimits, random: Random) {
    this.#problem = problem;
    this.#limits = limits;
    this.#random = random;
    this.#dimensions = dimensionsOf(problem.space);
    this.#rungs = rungsOf(problem.weights.length, this.#dimensions.length);
  }

  async run(): Promise<void> {
    const { defaults } = this.#problem;
    const first = this.#begin(defaults, pointOf(this.#dimensions, defaults));
    await this.#fit([first], this.#rungs.flat());
    for (let size = this.#affordable(); size > 0; size = this.#affordable()) {
      const batch = this.#proposeBatch(size);
      if (batch.length === 0) return;
      await this.#race(batch);
    }
  }

  /** How many trials the fits that are left allow to race. */
  #affordable(): number {
    if (this.#limits.isTimeUp()) return 0;
    const left = this.#limits.fits - this.#fits;
    let size = BATCH;
    while (size > 0 && raceCost(size, this.#rungs) > left) size--;
    return size;
  }

  /** Fewer than `size` where the space holds hardly anything untried. */
  #proposeBatch(size: number): OpenTrial[] {
    const places = this.trials.length === 1 ? spread(this.#dimensions, SPREAD, this.#random) : [];
    const batch: OpenTrial[] = [];
    for (let attempt = 0; batch.length < size && attempt < size + MOST_REPEATS; attempt++) {
      const point = places[attempt] ?? this.#propose(batch);
      const settings = { ...this.#problem.defaults, ...settingsAt(this.#dimensions, point) };
      if (!this.#tried.has(settingsKey(settings))) batch.push(this.#begin(settings, point));
    }
    return batch;
  }

  #propose(batch: readonly OpenTrial[]): Point {
    const { weights } = this.#problem;
    const best = bestTrial(this.trials, weights);
    const known = this.trials.filter(({ losses }) => losses.length > 0);
    const observations = known.flatMap((trial) =>
      trial.point === undefined ? [] : [{ point: trial.point, loss: estimatedLoss(trial, best, weights) }],
    );
    const pending = batch.flatMap(({ point }) => (point === undefined ? [] : [point]));
    return propose(this.#dimensions, observations, pending, this.#random);
  }

  #begin(settings: Settings, point: Point | undefined): OpenTrial {
    const trial = { settings, point, losses: [] };
    this.trials.push(trial);
    this.#tried.add(settingsKey(settings));
    return trial;
  }

  async #race(batch: readonly OpenTrial[]): Promise<void> {
    const { weights } = this.#problem;
    let runners = batch;
    for (const [r, folds] of this.#rungs.entries()) {
      if (r > 0) {
        if (this.#limits.isTimeUp()) return;
        const best = bestTrial(this.trials, weights);
        const loss = (trial: Trial) => estimatedLoss(trial, best, weights);
        runners = runners.toSorted((a, b) => loss(a) - loss(b)).slice(0, survivors(runners.length));
      }
      await this.#fit(runners, folds);
    }
  }

  async #fit(trials: readonly OpenTrial[], folds: readonly number[]): Promise<void> {
    const fits = trials.flatMap(({ settings }) => folds.map((fold) => ({ settings, fold })));
    const losses = await this.#problem.evaluate(fits);
    trials.forEach(({ losses: own }, t) => {
      own.push(...losses.slice(t * folds.length, (t + 1) * folds.length));
    });
    this.#fits += fits.length;
  }
}
