import type { Random } from '../../random.ts';
import type { Team } from '../../threads/team.ts';
import { drawDistinct } from '../draw-distinct.ts';
import type { BinnedColumns } from '../tree/bins.ts';
import type { BoostingKernel } from '../tree/boosting-kernel.ts';
import { createLayouts, type RowLayout, varyingFeatures } from '../tree/row-layout.ts';
import type { GradientBoostingSettings } from './settings.ts';

/** Fewer features than this leave a tree no interaction to find. */
const MIN_FEATURES = 4;

/** Rows and features of a tree. */
interface Sample {
  readonly layout: RowLayout;
  /** The features of all members' layouts, ascending. */
  readonly drawn: Int32Array;
}

interface Sampler {
  /** Holds the bins of all rows. */
  readonly kernel: BoostingKernel;
  /** What a tree is grown on; a sample is overwritten by the next. */
  readonly draw: (random: Random) => Sample;
}

/**
 * Draws the rows and features of each tree among `training` rows, and lays out these alone: a tree then reads nothing
 * that it cannot use.
 * @param histograms that a tree needs at the same time.
 */
export function createSampler(
  binned: BinnedColumns,
  training: Int32Array,
  { subsample, columnSample }: GradientBoostingSettings,
  histograms: number,
  team: Team,
): Sampler {
  const candidates = varyingFeatures(binned, training);
  const available = candidates.length;
  const rowCount = Math.max(1, Math.round(subsample * training.length));
  const featureCount = Math.max(Math.min(MIN_FEATURES, available), Math.round(columnSample * available));
  const most = { rows: rowCount, features: featureCount, histograms };
  const { kernel, layOut } = createLayouts(binned, most, team);
  if (rowCount === training.length && featureCount === available) {
    const whole = { layout: layOut(training, candidates), drawn: candidates };
    return { kernel, draw: () => whole };
  }
  const draw = (random: Random): Sample => {
    const rows = drawDistinct(random, training.length, rowCount).map((k) => training[k]);
    const drawn = drawDistinct(random, available, featureCount).map((k) => candidates[k]);
    return { layout: layOut(rows, drawn), drawn };
  };
  return { kernel, draw };
}
