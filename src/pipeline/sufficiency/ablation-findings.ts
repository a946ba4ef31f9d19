import type { AblationRow } from './ablation.ts';

/** What an ablation shows for certain, all its comparisons taken together, in sentences. */
export function ablationFindings(ablation: readonly AblationRow[]): string[] {
  if (ablation.length === 0) return [];
  const missed = ablation.filter(({ use, rocAuc }) => use === 'without' && rocAuc.simultaneous.high < 0);
  const harmful = ablation.filter(({ use, rocAuc }) => use === 'without' && rocAuc.simultaneous.low > 0);
  const poor = ablation.filter(({ use, rocAuc }) => use === 'only' && rocAuc.simultaneous.high < 0);
  return [
    `${ablation.length} comparisons were made: what follows holds for all of them together in 95 % of samples, not for each alone.`,
    missed.length === 0
      ? 'No theme and no window is surely missed when it is left out: the others stand in for it, or the test is too small to tell.'
      : `Surely missed when left out: ${listed(missed)}.`,
    ...(harmful.length === 0 ? [] : [`The ranking is surely better without: ${listed(harmful)}.`]),
    ...(poor.length === 0 ? [] : [`Surely not enough alone: ${listed(poor)}.`]),
  ];
}

function listed(rows: readonly AblationRow[]): string {
  return rows
    .map(({ kind, group, rocAuc: { difference } }) => {
      const change = `${difference.value < 0 ? '−' : '+'}${Math.abs(difference.value).toFixed(3)}`;
      return `${kind === 'theme' ? group : `features ${group}`} (${change})`;
    })
    .join(', ');
}
