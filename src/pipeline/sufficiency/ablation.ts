import type { Effects } from '../../effects.ts';
import { type Compared, comparePaired } from '../../evaluation/compare-paired.ts';
import { type Feature, windowOf } from '../../features/feature.ts';
import { pickLabels } from '../pick-rows.ts';
import { predictWays, type Trial, wholeWay } from './predict-ways.ts';

/** What a group of features is worth: the same learner without it, and with it alone, on the same test rows. */
export interface AblationRow extends FeatureGroup, Compared {
  readonly use: 'without' | 'only';
}

/** Features of one theme, or that look back over one window. */
interface FeatureGroup {
  readonly kind: 'theme' | 'window';
  readonly group: string;
  readonly features: number;
}

/**
 * Every theme and every window left out, and used alone, each compared with all features together. A group that holds every feature is
 * left out.
 */
export async function ablate(
  trial: Trial,
  features: readonly Feature[],
  effects: Effects,
): Promise<AblationRow[]> {
  const { rows, split, seed, replicates } = trial;
  const { plan, groups } = split;
  const { trainRows } = wholeWay(trial);
  const variants = featureGroups(features).flatMap(({ isIn, ...group }) => {
    const places = features.map((feature, j) => ({ j, kept: isIn(feature) }));
    return (['without', 'only'] as const).map((use) => ({
      ...group,
      use,
      columns: places.filter(({ kept }) => kept === (use === 'only')).map(({ j }) => j),
    }));
  });
  if (variants.length === 0) return [];
  const ways = variants.map(({ columns }) => ({ trainRows, columns }));
  const [reference, ...predicted] = await predictWays([wholeWay(trial), ...ways], trial, effects);
  const compared = comparePaired(
    pickLabels(rows.labels, plan.testRows),
    Int32Array.from(plan.testRows, (row) => groups[row]),
    [reference],
    predicted.map((probabilities) => [probabilities]),
    { seed, replicates },
  );
  return variants.map(({ columns: _, ...variant }, i) => ({ ...variant, ...compared[i] }));
}

function featureGroups(features: readonly Feature[]) {
  const groupsBy = (kind: FeatureGroup['kind'], groupOf: (feature: Feature) => string) =>
    [...new Set(features.map(groupOf))].map((group) => {
      const isIn = (feature: Feature) => groupOf(feature) === group;
      return { kind, group, isIn, features: features.filter(isIn).length };
    });
  return [
    ...groupsBy('theme', ({ theme }) => theme),
    ...groupsBy('window', (feature) => windowOf(feature) ?? 'no window'),
  ].filter((group) => group.features < features.length);
}
