import type { ComparisonData } from '../../src/report/comparison-data.ts';
import { formatCount } from '../words/number.ts';
import { capitalised, counted } from '../words/plural.ts';
import { movedFeatures } from './moved-features.ts';

/** What a reader should know first. */
export function comparisonFinding({ features, scores, settings }: ComparisonData): string {
  const moved = movedFeatures(features).length;
  const inputs = capitalised(
    `${some(moved, 'feature')} moved, ${some(settings.length, 'setting')} differ${settings.length < 2 ? 's' : ''}`,
  );
  if (scores === undefined) return `${inputs}; at most one of the runs has scores`;
  const { entered, top } = scores;
  if (entered.length === 0) return `${inputs}, and the ${formatCount(top)} most at risk are the same`;
  return `${inputs}, and ${formatCount(entered.length)} of the ${formatCount(top)} most at risk are new there`;
}

function some(count: number, noun: string): string {
  return count === 0 ? `no ${noun}` : counted(count, noun);
}
