import type { CheckResult } from './audit.ts';
import { judgeScramble, type Scramble } from './label-scramble.ts';

/** The scramble as a check. */
export function scrambleResult(scramble: Scramble): CheckResult {
  const { permutations, auc, low, high } = scramble;
  const isDone = permutations > 1;
  return {
    check: 'label scramble',
    done: isDone,
    words: isDone
      ? `ROC AUC ${auc.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] over ${permutations} permutations of the outcomes within each cutoff; ½ is all there is to know`
      : 'too few rows of either outcome in a fold to rank permuted ones',
    findings: isDone ? judgeScramble(scramble) : [],
  };
}
