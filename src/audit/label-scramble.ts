import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import type { ExampleRows } from '../features/examples.ts';
import { runFit } from '../models/fit-task.ts';
import { createRandom, hash32 } from '../random.ts';
import type { Finding } from './finding.ts';
import { quickBoosting } from './quick-boosting.ts';
import { stratifiedAuc } from './stratified-auc.ts';

export interface ScrambleSettings {
  readonly permutations: number;
  readonly seed: number;
  /** Rows at most that a permutation is tried on: whole users, by a hash of their key. */
  readonly maxRows: number;
}

/** What a learner makes of outcomes that were dealt out anew: there is nothing to learn, so ROC AUC must be ½. */
export interface Scramble {
  readonly permutations: number;
  /** Mean over permutations, within cutoffs and folds. */
  readonly auc: number;
  /** Four standard errors to either side: by chance ½ lies below them once in some ten thousand audits. */
  readonly low: number;
  readonly high: number;
}

/** An interval that leaves ½ by less than this is of no account. */
const LEAST_EXCESS = 0.03;
const STANDARD_ERRORS = 4;

/**
 * Permutes the labels within each cutoff and cross-fits a quick learner by the plan, so many times. A plan by which a row is predicted by
 * a model that saw it, or its twin, shows here: with nothing to learn, only what was seen can be known.
 * @param groups index of each row's user.
 */
export function scrambleLabels(
  rows: ExampleRows,
  plan: CrossFitPlan,
  groups: Int32Array,
  { permutations, seed, maxRows }: ScrambleSettings,
): Scramble {
  const isKept = keptRows(rows.users, maxRows);
  const fits = plan.fits.map(({ trainRows, predictRows }) => ({
    trainRows: trainRows.filter((row) => isKept[row] === 1),
    predictRows: predictRows.filter((row) => isKept[row] === 1),
  }));
  const aucs = Array.from({ length: permutations }, (_, k) => {
    const labels = permuteWithinCutoffs(rows, hash32(`scramble ${k}`, seed));
    return aucOf(rows, labels, groups, fits, seed);
  }).filter((auc) => !Number.isNaN(auc));
  const auc = aucs.reduce((sum, one) => sum + one, 0) / aucs.length;
  const variance = aucs.reduce((sum, one) => sum + (one - auc) ** 2, 0) / (aucs.length - 1);
  const judged = fits.flatMap(({ predictRows }) => Array.from(predictRows, (row) => rows.labels[row]));
  const spread = Math.max(variance, varianceByChance(judged));
  const margin = STANDARD_ERRORS * Math.sqrt(spread / aucs.length);
  return { permutations: aucs.length, auc, low: auc - margin, high: auc + margin };
}

/** Of ROC AUC where scores say nothing (Mann and Whitney 1947): few permutations may agree by chance, and hide it. */
function varianceByChance(labels: readonly number[]): number {
  const lost = labels.reduce((sum, label) => sum + label, 0);
  const stayed = labels.length - lost;
  return (lost + stayed + 1) / (12 * lost * stayed);
}

/** A finding where a learner knows what cannot be known. */
export function judgeScramble({ auc, low, permutations }: Scramble): Finding[] {
  if (!(low > 0.5 && auc >= 0.5 + LEAST_EXCESS)) return [];
  return [
    {
      check: 'label scramble',
      severity: 'leak',
      evidence: { rocAuc: auc, low, permutations },
      words: `With the outcomes dealt out at random the learner still ranks them (ROC AUC ${auc.toFixed(3)}, where ½ is all there is): rows that it is judged by reach the rows that it learns from.`,
    },
  ];
}

/** The labels, dealt out anew among the rows of each cutoff. */
export function permuteWithinCutoffs(
  { cutoffs, labels }: Pick<ExampleRows, 'cutoffs' | 'labels'>,
  seed: number,
): Uint8Array {
  const random = createRandom(seed);
  const rowsOf = new Map<number, number[]>();
  cutoffs.forEach((cutoff, row) => {
    const rows = rowsOf.get(cutoff);
    if (rows === undefined) rowsOf.set(cutoff, [row]);
    else rows.push(row);
  });
  const permuted = new Uint8Array(labels.length);
  for (const rows of rowsOf.values()) {
    random.shuffle(rows.map((row) => labels[row])).forEach((label, i) => {
      permuted[rows[i]] = label;
    });
  }
  return permuted;
}

function aucOf(
  { matrix, cutoffs }: ExampleRows,
  labels: Uint8Array,
  groups: Int32Array,
  fits: readonly { readonly trainRows: Int32Array; readonly predictRows: Int32Array }[],
  seed: number,
): number {
  const scored = fits.flatMap(({ trainRows, predictRows }, fold) => {
    const lost = trainRows.reduce((sum, row) => sum + labels[row], 0);
    if (lost === 0 || lost === trainRows.length) return [];
    const task = { ...quickBoosting, seed, trainRows, predictRows };
    const { predictions } = runFit({ matrix, labels, groups }, task, () => 0);
    return Array.from(predictRows, (row, i) => ({
      label: labels[row],
      score: predictions[i],
      stratum: `${fold} ${cutoffs[row]}`,
    }));
  });
  return stratifiedAuc(scored);
}

function keptRows(users: readonly string[], maxRows: number): Uint8Array {
  const limit = (maxRows / users.length) * 2 ** 32;
  const isKept = new Map([...new Set(users)].map((user) => [user, hash32(user, 2) < limit]));
  return Uint8Array.from(users, (user) => (isKept.get(user) ? 1 : 0));
}
