import { type Chain, rowOf } from '../chain.ts';
import { stateFlags } from '../states.ts';

/** A chain in which nobody is lost: `hazard` says what was taken out of each state's row. */
export interface UndyingChain extends Chain {
  /** By state: the probability that the loss is what comes next, by Cancel and its confirmation. */
  readonly hazard: Float64Array;
}

/**
 * Conditions a chain on survival: the targets of every state are those of one who is not lost next. Multiplying the
 * hazards along a walk of it gives the probability of loss with less variance than counting losses does
 * (Rao–Blackwell).
 */
export function undying(chain: Chain): UndyingChain {
  const states = chain.first.length - 1;
  const loss = Float64Array.from({ length: states }, (_, state) => lossOn(chain, state));
  const hazard = new Float64Array(states);
  const cumulative = new Float64Array(chain.cumulative.length);
  for (let state = 0; state < states; state++) {
    const row = rowOf(chain, state);
    hazard[state] = row.reduce((sum, { target, probability }) => sum + probability * loss[target], 0);
    let sum = 0;
    row.forEach(({ target, probability }, i) => {
      sum += (probability * (1 - loss[target])) / (1 - hazard[state]);
      cumulative[chain.first[state] + i] = sum;
    });
  }
  return { first: chain.first, target: chain.target, cumulative, hazard };
}

/** 1 for the page that asks for the loss; the confirmation is the loss. */
export const isCancel = stateFlags(({ page }) => page === 'Cancel');
export const isLoss = stateFlags(({ auth }) => auth === 'Cancelled');

/** The probability that who comes to a state is lost there, or by what comes next. */
function lossOn(chain: Chain, state: number): number {
  if (isLoss[state]) return 1;
  if (!isCancel[state]) return 0;
  return rowOf(chain, state)
    .filter(({ target }) => isLoss[target])
    .reduce((sum, { probability }) => sum + probability, 0);
}
