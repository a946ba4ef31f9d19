import type { Definition } from '../definition/schema.ts';
import { actionFeatures, reactionShares } from './actions.ts';
import { activityFeatures } from './activity.ts';
import { consumptionFeatures } from './consumption.ts';
import type { Feature } from './feature.ts';
import { planFeatures } from './plan.ts';
import { profileFeatures } from './profile.ts';
import { recencyFeatures } from './recency.ts';
import { sessionFeatures } from './sessions.ts';
import { trendFeatures } from './trend.ts';

/** Every feature that a log of this definition has, in the order of the example table's columns. */
export function featureCatalogue(definition: Definition): Feature[] {
  return [
    ...activityFeatures(),
    ...sessionFeatures(),
    ...actionFeatures(definition),
    ...consumptionFeatures(definition),
    ...reactionShares(definition),
    ...planFeatures(definition),
    ...recencyFeatures(definition),
    ...trendFeatures(definition),
    ...profileFeatures(definition),
  ];
}
