import type { Definition } from '../definition/schema.ts';
import { InputError } from '../errors.ts';
import { actionFeatures, reactionShares } from './actions.ts';
import { activityFeatures } from './activity.ts';
import { consumptionFeatures } from './consumption.ts';
import type { Feature } from './feature.ts';
import { planFeatures } from './plan.ts';
import { profileFeatures } from './profile.ts';
import { recencyFeatures } from './recency.ts';
import { sessionFeatures } from './sessions.ts';
import { trendFeatures } from './trend.ts';

/**
 * Every feature that a log of this definition has, in the order of the example table's columns.
 * @throws InputError when a role is named so that its features would be called like others.
 */
export function featureCatalogue(definition: Definition): Feature[] {
  const features = [
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
  const names = new Set<string>();
  for (const { name } of features) {
    if (names.has(name)) {
      throw new InputError(
        `The definition "${definition.name}" names a role so that two features are called "${name}": rename the role.`,
        { definition: definition.name, feature: name },
      );
    }
    names.add(name);
  }
  return features;
}
