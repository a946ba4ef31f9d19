import type { ReportInterval, ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { formatMetric, formatRange, formatShare } from '../words/number.ts';

export interface Verdict {
  readonly chosen: ReportModel;
  /** Absent when the run compared with none. */
  readonly baseline: ReportModel | undefined;
  /** Where ½ lies to the interval of the ROC AUC. */
  readonly againstChance: Comparison;
  /** Where the baseline's average precision lies to the interval of the chosen model's. */
  readonly againstBaseline: Comparison | 'is the baseline' | 'no baseline';
}

/** `unclear`: the interval includes the value compared with. */
type Comparison = 'better' | 'unclear' | 'worse' | 'unknown';

/** How far the chosen model's test results carry. @throws Error when `chosen` names none of the models. */
export function judgeModel(learning: ReportLearning): Verdict {
  const chosen = learning.models.find(({ name }) => name === learning.chosen);
  if (!chosen) throw new Error(`The run chose the model "${learning.chosen}", and lists none of that name.`);
  const baseline = learning.models.find(({ name }) => name === 'baseline');
  return {
    chosen,
    baseline,
    againstChance: compare(chosen.test.rocAuc, 0.5),
    againstBaseline: compareWithBaseline(chosen, baseline),
  };
}

export function chanceSentence({ chosen, againstChance }: Verdict): string {
  const auc = chosen.test.rocAuc;
  if (againstChance === 'unknown' || !auc) return 'This run could not measure how well users are ranked.';
  const measured = `Of a user who leaves and one who stays, ${chosen.title} scores the leaver higher in ${formatShare(auc.value)} of cases (95% interval ${formatRange(auc, formatShare)}); guessing does in 50%.`;
  if (againstChance === 'better') return measured;
  if (againstChance === 'worse')
    return `${measured} That is worse than guessing: do not act on these scores.`;
  return `${measured} The interval includes ½, so these test rows do not show it to be better than guessing.`;
}

export function baselineSentence({ chosen, baseline, againstBaseline }: Verdict): string {
  if (againstBaseline === 'no baseline') return 'There is no baseline in this run to compare with.';
  if (againstBaseline === 'is the baseline')
    return 'No learner did better than the baseline on the validation rows, so the baseline itself is used.';
  const own = chosen.test.averagePrecision;
  const other = baseline?.test.averagePrecision;
  if (againstBaseline === 'unknown' || !own || !other)
    return 'This run could not measure its average precision beside that of the baseline.';
  const measured = `Its average precision is ${formatMetric(own.value)} (${formatRange(own, formatMetric)}), that of the baseline ${formatMetric(other.value)}.`;
  if (againstBaseline === 'better') return `${measured} The interval lies above the baseline.`;
  if (againstBaseline === 'worse')
    return `${measured} The interval lies below the baseline: the baseline ranks better.`;
  return `${measured} The interval includes the baseline's value, so it is not shown to be better than the baseline.`;
}

/** A few words for the headline figure. */
export function shortVerdict({ againstChance, againstBaseline }: Verdict): string {
  if (againstChance === 'unknown') return 'not measured';
  if (againstChance === 'unclear') return 'not shown to beat guessing';
  if (againstChance === 'worse') return 'worse than guessing';
  if (againstBaseline === 'better') return 'beats guessing and the baseline';
  if (againstBaseline === 'worse') return 'beats guessing, not the baseline';
  if (againstBaseline === 'unclear') return 'beats guessing; the baseline not clearly';
  return 'beats guessing';
}

function compareWithBaseline(
  chosen: ReportModel,
  baseline: ReportModel | undefined,
): Verdict['againstBaseline'] {
  if (!baseline) return 'no baseline';
  if (baseline === chosen) return 'is the baseline';
  return compare(chosen.test.averagePrecision, baseline.test.averagePrecision?.value);
}

function compare(interval: ReportInterval | undefined, value: number | undefined): Comparison {
  if (!interval || value === undefined) return 'unknown';
  if (![interval.value, interval.low, interval.high, value].every(Number.isFinite)) return 'unknown';
  if (interval.low > value) return 'better';
  return interval.high < value ? 'worse' : 'unclear';
}
