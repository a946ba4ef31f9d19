import { createRandom, hash32 } from '../../random.ts';
import { rowWeights } from '../class-weight.ts';
import type { Examples } from '../matrix.ts';
import { holdOutUsers } from './holdout.ts';
import { initialParameters } from './initial-parameters.ts';
import type { NetworkPlan } from './network-plan.ts';
import type { TrainingSettings } from './settings.ts';
import { Trainer } from './trainer.ts';

/**
 * Trains a network by mini-batches of log loss, and gives the parameters of the epoch with the least log loss on held-out users:
 * the network's, then the input's own.
 */
export function trainNetwork(
  plan: NetworkPlan,
  examples: Pick<Examples, 'labels' | 'groups' | 'weights'>,
  settings: TrainingSettings,
  seed: number,
): Float64Array {
  const { trainRows, validationRows } = holdOutUsers(examples, settings.validationShare, seed);
  const random = createRandom(hash32('network', seed));
  const { labels } = examples;
  const weights = withMeanOne(rowWeights(examples, settings.classWeight));
  const parameters = joined(
    initialParameters(plan.shapes, labels, weights, random),
    plan.input.initial(random),
  );
  const trainer = new Trainer(plan, { labels, weights }, parameters, settings);
  let best: Float64Array = parameters.slice();
  let least = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (let epoch = 0; epoch < settings.epochs && waited < settings.patience; epoch++) {
    trainer.runEpoch(random.shuffle(trainRows.slice()), epoch, random);
    if (validationRows.length === 0) {
      best = parameters;
      continue;
    }
    const loss = trainer.meanLoss(validationRows);
    waited++;
    if (loss >= least) continue;
    least = loss;
    best = parameters.slice();
    waited = 0;
  }
  return best;
}

/** Weights of any size with steps of one size. */
function withMeanOne(weights: Float64Array): Float64Array {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
