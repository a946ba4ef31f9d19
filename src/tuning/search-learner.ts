import type { Effects } from '../effects.ts';
import { isSettingValue, type SearchSpace } from '../models/search-space.ts';
import type { Settings } from './points.ts';
import { type FoldFit, type SearchLimits, search } from './search.ts';
import { weightsOf } from './trial.ts';
import type { LoggedFit, TrialLog } from './trial-log.ts';
import { judgeTrials, type Tuned } from './tuned.ts';

export interface LearnerSearch {
  readonly learner: string;
  readonly space: SearchSpace;
  /** Of all the learner's settings. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** How many rows each fold is judged by. */
  readonly validationRows: readonly number[];
  readonly limits: SearchLimits;
  readonly seed: number;
  /** Where fits of an earlier search are found and new ones are kept. */
  readonly log?: TrialLog | undefined;
  /** Fits, and tells the loss of the fit at each place as soon as it is known. */
  readonly fitAll: (
    fits: readonly LoggedFit[],
    onLoss: (loss: number, place: number) => void,
  ) => Promise<void>;
}

/** Searches a learner's space, with what is known of earlier fits, and chooses. */
export async function searchLearner(
  { learner, space, defaults, validationRows, limits, seed, log, fitAll }: LearnerSearch,
  { progress }: Pick<Effects, 'progress'>,
): Promise<Tuned> {
  const total = Number.isFinite(limits.fits) ? { total: limits.fits } : {};
  let done = 0;
  const count = (more: number) => {
    done += more;
    progress({ stage: `tuning ${learner}`, done, ...total, unit: 'fits' });
  };
  const evaluate = async (requests: readonly FoldFit[]): Promise<number[]> => {
    const fits = requests.map(({ settings, fold }) => ({
      learner,
      settings: { ...defaults, ...settings },
      fold,
    }));
    const losses = fits.map((one) => log?.lossOf(one));
    const open = fits.flatMap((_, k) => (losses[k] === undefined ? [k] : []));
    count(fits.length - open.length);
    await fitAll(
      open.map((k) => fits[k]),
      (loss, place) => {
        const k = open[place];
        losses[k] = loss;
        log?.add(fits[k], loss);
        count(1);
      },
    );
    return losses.flatMap((loss) => loss ?? []);
  };
  const weights = weightsOf(validationRows);
  const problem = { space, defaults: searched(space, defaults), weights, evaluate };
  return judgeTrials(await search(problem, limits, seed), weights);
}

/** The settings that the space names. */
function searched(space: SearchSpace, defaults: Readonly<Record<string, unknown>>): Settings {
  return Object.fromEntries(
    Object.entries(defaults).flatMap(([name, value]) =>
      Object.hasOwn(space, name) && isSettingValue(value) ? [[name, value]] : [],
    ),
  );
}
