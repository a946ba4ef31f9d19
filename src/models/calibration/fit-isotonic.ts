import type { CalibrationRows } from './calibration-rows.ts';
import type { IsotonicCalibrator } from './calibrator.ts';
import { outcomeWeights, plattTargets } from './platt-targets.ts';
import { poolAdjacent } from './pool-adjacent.ts';

/**
 * Isotonic calibration (Zadrozny and Elkan 2002), centred: straight lines join the middles of the blocks that pooling adjacent violators
 * gives (Oron and Flournoy 2017), so that rows with different log-odds keep their order but at the two ends, where a step function would
 * tie all of a block. Probabilities stop at Platt's targets: an end block of rows that all stayed is no proof of a probability of 0.
 * Undefined where there is one block alone.
 */
export function fitIsotonic({ logOdds, labels, weights }: CalibrationRows): IsotonicCalibrator | undefined {
  const [lowest, highest] = plattTargets(...outcomeWeights(labels, weights));
  const blocks = poolAdjacent(logOdds, labels, weights ?? new Float64Array(labels.length).fill(1));
  if (blocks.length < 2) return undefined;
  return {
    kind: 'isotonic',
    logOdds: blocks.map(({ x }) => x),
    probabilities: blocks.map(({ y }) => Math.min(Math.max(y, lowest), highest)),
  };
}
