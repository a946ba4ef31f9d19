import type { ComparisonData } from '../../src/report/comparison-data.ts';
import { formatCount } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { movedFeatures } from './moved-features.ts';

/** What a reader should know first. */
export function comparisonFinding({ features, scores, settings }: ComparisonData): string {
  const moved = movedFeatures(features).length;
  const inputs = `${counted(moved, 'feature')} moved, ${counted(settings.length, 'setting')} differ${settings.length === 1 ? 's' : ''}`;
  if (scores === undefined) return `${inputs}; at most one of the runs has scores`;
  const { entered, top } = scores;
  return `${inputs}, and ${formatCount(entered.length)} of the ${formatCount(top)} most at risk are new there`;
}
