import type { ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { hostile } from './hostile.ts';
import {
  sampleCatalogue,
  sampleDistribution,
  sampleExplanation,
  sampleJudgement,
  sampleSufficiency,
  sampleThresholds,
  sampleTrials,
} from './sample-explanation.ts';
import { sampleExamples } from './sample-leaving.ts';
import { dayMillis, dayOf, wilson } from './sample-numbers.ts';
import { sampleRiskByDay, sampleScores } from './sample-users.ts';

export function sampleLearning(): ReportLearning {
  const roles = ['train', 'train', 'train', 'embargo', 'embargo', 'test', 'test', 'score'] as const;
  const days = [4, 8, 12, 18, 24, 32, 46, 61];
  return {
    cutoffs: roles.map((role, i) => ({
      day: dayOf(Date.UTC(2018, 9, 1) + days[i] * dayMillis),
      role,
      examples: 210 - i * 5,
      lost: role === 'score' ? 0 : 19 - i,
    })),
    folds: 5,
    models: [
      sampleModel('baseline', 'Days since last visit', 0, 0.6, 0.19),
      sampleModel('logistic-regression', 'Logistic regression', 0.21, 0.71, 0.3),
      sampleModel('random-forest', 'Random forest', 1.84, 0.74, 0.33),
      sampleModel('gradient-boosting', 'Gradient boosting', 0.97, 0.77, 0.36),
    ],
    chosen: 'gradient-boosting',
    confusion: {
      threshold: 0.24,
      truePositives: 16,
      falsePositives: 27,
      falseNegatives: 11,
      trueNegatives: 316,
    },
    features: sampleFeatures(),
    explanation: sampleExplanation(),
    catalogue: sampleCatalogue(),
    trials: sampleTrials(),
    audit: sampleAudit(),
    judgement: sampleJudgement(),
    sufficiency: sampleSufficiency(),
    riskByDay: sampleRiskByDay(),
    examples: sampleExamples(),
    scores: sampleScores(),
  };
}

function sampleAudit(): ReportLearning['audit'] {
  const price = (title: string, auc: number) => ({
    title,
    words: 'What it lets through.',
    rocAuc: { value: auc, low: auc - 0.1, high: auc + 0.05 },
    averagePrecision: { value: auc / 3, low: auc / 4, high: auc / 2 },
    rows: 370,
    lost: 27,
  });
  return {
    checks: [
      { check: 'future edit', verdict: 'passed', words: ['205 features compared'] },
      { check: 'identifier', verdict: 'found', words: ['205 columns', `${hostile[0]} says who a user is`] },
      { check: 'undated table', verdict: 'unknown', words: ['1 own table', 'plain.csv has no date'] },
      { check: 'too good', verdict: 'not done', words: ['retrospective'] },
    ],
    prices: [
      price('Whole history, one row a user', 0.91),
      price('Random rows', 0.8),
      price('Split by user and in time, with an embargo', 0.77),
    ],
  };
}

function sampleModel(
  name: string,
  title: string,
  fitSeconds: number,
  auc: number,
  precision: number,
): ReportModel {
  const power = (1 - auc) / auc;
  const steps = Array.from({ length: 51 }, (_, i) => i / 50);
  const rise = (x: number) => x ** power;
  const around = (value: number, half: number) => ({ value, low: value - half, high: value + half });
  return {
    name,
    title,
    fitSeconds,
    validationLogLoss: 0.21 - precision / 10,
    test: {
      rocAuc: around(auc, 0.07),
      averagePrecision: around(precision, 0.09),
      f1: around(precision + 0.1, 0.08),
      weightedF1: around(0.87, 0.03),
      precision: around(precision + 0.02, 0.09),
      recall: around(0.59, 0.14),
      accuracy: around(0.89, 0.02),
      logLoss: around(0.25, 0.03),
      brier: around(0.065, 0.01),
      topDecileLift: around(auc * 5.4, 1.1),
    },
    roc: steps.map((x) => ({ falsePositiveRate: x, truePositiveRate: rise(x) })),
    precisionRecall: steps.map((x) => ({
      recall: x,
      precision: 0.073 + (precision * 1.9 - 0.073) * (1 - x) ** 1.5,
    })),
    gains: steps.map((x) => ({ share: x, captured: rise(x) })),
    thresholds: sampleThresholds(power),
    threshold: 0.24,
    distribution: sampleDistribution(),
    calibration: Array.from({ length: 8 }, (_, i) => {
      const predicted = 0.02 + i * 0.06;
      return {
        predicted,
        observed: wilson(Math.round(46 * predicted * (i % 3 === 0 ? 1.3 : 0.9)), 46),
        examples: 46,
      };
    }),
  };
}

function sampleFeatures(): ReportLearning['features'] {
  const features = [
    ['days_since_last_event', 'days since the last event', 'days', 'recency'],
    ['thumbs_down_share_14', 'share of thumbs that are down, last 14 days', '', 'reactions'],
    ['songs_trend_14', 'songs in the last 14 days against the 14 before', 'ratio', 'trend'],
    ['adverts_hour_14', 'adverts heard an hour, last 14 days', 'adverts', 'adverts'],
    ['account_age', 'days since registration', 'days', 'profile'],
  ];
  const known = features.map(([name, meaning, unit, theme], i) => ({
    name,
    meaning,
    unit,
    theme,
    size: 0.09 / (i + 1),
  }));
  const more = Array.from({ length: 17 }, (_, i) => ({
    name: `feature_${i}`,
    meaning: `a measure of activity number ${i}`,
    unit: 'events',
    theme: 'activity',
    size: 0.006 - i * 0.0006,
  }));
  return [...known, ...more].map(({ size, ...feature }) => ({
    ...feature,
    importance: { value: size, low: size - 0.018, high: size + 0.018 },
  }));
}
