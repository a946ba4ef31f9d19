import { halfWidth, rocAucStandardError, smallestVisible } from '../../evaluation/auc-precision.ts';
import { leastUsers } from '../../evaluation/group-metrics.ts';
import type { Interval } from '../../evaluation/intervals.ts';

type Adequacy = 'insufficient' | 'borderline' | 'sufficient';

/** What is known of the data by a run. ROC AUCs are of test rows; users count once, however many examples they have. */
export interface Evidence {
  readonly rocAuc: Interval;
  readonly overBaseline: Interval;
  readonly lostUsersToTest: number;
  readonly stayedUsersToTest: number;
  readonly lostUsersToLearn: number;
  readonly features: number;
  /** What all users to learn from gain in ROC AUC over half of them; absent where it was not measured. */
  readonly lastDoubling?: Interval;
}

interface Criterion {
  readonly criterion: 'precision' | 'comparison' | 'learning';
  readonly verdict: Adequacy;
  readonly words: string;
}

export interface Judgement {
  /** The worst of the criteria's. */
  readonly verdict: Adequacy;
  readonly words: string;
  readonly criteria: readonly Criterion[];
}

/**
 * Where verdicts change. Half a width of .04 takes some 200 lost users to test on and .06 some 100, at a ROC AUC of .7: the numbers that
 * validations are advised to have, and to have at least (Collins, Ogundimu and Altman 2016, Statistics in Medicine 35). Ten losses a
 * predictor are the rule of thumb of Peduzzi et al. (1996, Journal of Clinical Epidemiology 49).
 */
const limits = {
  halfWidth: { sufficient: 0.04, borderline: 0.06 },
  visibleLead: { sufficient: 0.05, borderline: 0.1 },
  lostUsersPerFeature: { sufficient: 10, borderline: 1 },
  /** A gain in ROC AUC that is worth waiting for twice the users. */
  doubling: 0.02,
} as const;

/** Whether data suffice to judge a forecast, to tell learners apart and to learn, in words. */
export function judgeSufficiency(evidence: Evidence): Judgement {
  const criteria = [judgePrecision(evidence), judgeComparison(evidence), judgeLearning(evidence)];
  const verdict = worst(criteria.map((criterion) => criterion.verdict));
  return { verdict, words: headlines[verdict], criteria };
}

const headlines: Readonly<Record<Adequacy, string>> = {
  insufficient: 'The data do not suffice: more users, or a longer log, would change what this run says.',
  borderline: 'The data suffice barely: large effects show, differences between models hardly do.',
  sufficient: 'The data suffice: the score is known closely, and more users would change it little.',
};

function worst(verdicts: readonly Adequacy[]): Adequacy {
  if (verdicts.includes('insufficient')) return 'insufficient';
  return verdicts.includes('borderline') ? 'borderline' : 'sufficient';
}

function judgePrecision({ rocAuc, lostUsersToTest: lost, stayedUsersToTest: stayed }: Evidence): Criterion {
  const criterion = 'precision';
  const fewest = Math.min(lost, stayed);
  if (fewest < leastUsers) {
    const expected = halfWidth(rocAucStandardError(plannedAuc, Math.max(lost, 1), Math.max(stayed, 1)));
    return {
      criterion,
      verdict: 'insufficient',
      words: `The test has ${lost} lost users and ${stayed} who stay; below ${leastUsers} of either, no interval is to be trusted. A ROC AUC of ${two(plannedAuc)} would be known to about ± ${two(expected)} at best.`,
    };
  }
  const half = halfOf(rocAuc);
  const verdict = atMost(half, limits.halfWidth);
  const words = `By ${lost} lost users in the test, the ROC AUC of ${two(rocAuc.value)} is known to ± ${two(half)}; ± ${two(limits.halfWidth.sufficient)} is wanted, ± ${two(limits.halfWidth.borderline)} bearable.`;
  if (!(half > limits.halfWidth.sufficient)) return { criterion, verdict, words };
  const wanted = Math.ceil(lost * (half / limits.halfWidth.sufficient) ** 2);
  return { criterion, verdict, words: `${words} That would take some ${wanted} lost users in the test.` };
}

function judgeComparison({ overBaseline, lostUsersToTest, stayedUsersToTest }: Evidence): Criterion {
  const criterion = 'comparison';
  if (Math.min(lostUsersToTest, stayedUsersToTest) < leastUsers) {
    const words = 'So few lost users tell no model from another.';
    return { criterion, verdict: 'insufficient', words };
  }
  const visible = smallestVisible(halfOf(overBaseline));
  const { sufficient, borderline } = limits.visibleLead;
  return {
    criterion,
    verdict: atMost(visible, limits.visibleLead),
    words: `A lead over the baseline in ROC AUC shows in 4 of 5 such tests if it is ${two(visible)} or more; ${two(sufficient)} is wanted, ${two(borderline)} bearable. Measured: ${signed(overBaseline.value)} [${signed(overBaseline.low)}, ${signed(overBaseline.high)}].`,
  };
}

function judgeLearning({ lostUsersToLearn, features, lastDoubling }: Evidence): Criterion {
  return lastDoubling === undefined
    ? judgeByRuleOfThumb(lostUsersToLearn, features)
    : judgeLastDoubling(lastDoubling);
}

function judgeLastDoubling({ value, low, high }: Interval): Criterion {
  const criterion = 'learning';
  const measured = `From half of the users to all, ROC AUC moved by ${signed(value)} [${signed(low)}, ${signed(high)}]`;
  const margin = two(limits.doubling);
  if (high < limits.doubling) {
    const words = `${measured}: less than ${margin}, so twice as many users would hardly help.`;
    return { criterion, verdict: 'sufficient', words };
  }
  if (low > limits.doubling) {
    const words = `${measured}: more than ${margin}, so the learner still learns from more users.`;
    return { criterion, verdict: 'insufficient', words };
  }
  const words = `${measured}: whether twice as many users would bring ${margin} more cannot be told.`;
  return { criterion, verdict: 'borderline', words };
}

function judgeByRuleOfThumb(lost: number, features: number): Criterion {
  const each = lost / features;
  const { sufficient, borderline } = limits.lostUsersPerFeature;
  return {
    criterion: 'learning',
    verdict: atLeast(each, limits.lostUsersPerFeature),
    words: `There are ${lost} lost users to learn from for ${features} features, ${each.toPrecision(2)} each. The rule of thumb wants ${sufficient}, and fewer than ${borderline} leave a model to its penalties; --sufficiency measures instead whether more users would help.`,
  };
}

/** A good forecast of churn, where a test is too small to say how good this one is. */
const plannedAuc = 0.7;

function halfOf({ low, high }: Interval): number {
  return (high - low) / 2;
}

/** NaN is never good enough. */
function atMost(
  value: number,
  limit: { readonly sufficient: number; readonly borderline: number },
): Adequacy {
  if (value <= limit.sufficient) return 'sufficient';
  return value <= limit.borderline ? 'borderline' : 'insufficient';
}

function atLeast(
  value: number,
  limit: { readonly sufficient: number; readonly borderline: number },
): Adequacy {
  if (value >= limit.sufficient) return 'sufficient';
  return value >= limit.borderline ? 'borderline' : 'insufficient';
}

function two(value: number): string {
  return Number.isNaN(value) ? 'unknown' : value.toFixed(2);
}

function signed(value: number): string {
  return Number.isNaN(value) ? 'unknown' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
