import type { ComparedFeature, ComparedFeatures } from '../../src/report/comparison-data.ts';

/** Below it a shift is little, by custom. */
const littlePsi = 0.1;

/** Features whose shift is not little, and larger than chance makes one among so many at a level of 5 % for all together. */
export function movedFeatures({ common }: ComparedFeatures): ComparedFeature[] {
  return common.filter(({ psi, chance }) => psi >= littlePsi && chance < 0.05 / common.length);
}
