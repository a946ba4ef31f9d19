import type { ReportInterval } from '../../src/report/report-data.ts';
import type {
  ReportCatalogue,
  ReportCurve,
  ReportDistribution,
  ReportExplanation,
  ReportThresholds,
  ReportTrials,
} from '../../src/report/report-explanation.ts';
import type { ReportJudgement } from '../../src/report/report-judgement.ts';
import type { ReportSufficiency } from '../../src/report/report-sufficiency.ts';
import { hostile } from './hostile.ts';
import { seeded, wilson } from './sample-numbers.ts';

/** Few examples, so that each is a dot. */
export function sampleExplanation(): ReportExplanation {
  const features = ['days_since_last_event', 'thumbs_down_share_14', 'not_in_the_catalogue'];
  return {
    attributions: {
      unit: 'log-odds',
      rows: 60,
      features: features.map((feature, i) => ({
        feature,
        meanAbsolute: 0.4 / (i + 1),
        ...contributions(60, 1.2 / (i + 1), i),
      })),
    },
    effects: features.slice(0, 2).map((feature, i) => ({
      feature,
      partialDependence: rising(0.05, 0.02 * (2 - i)),
      accumulatedLocalEffects: rising(-0.03, 0.018 * (2 - i)),
    })),
    interactions: [
      { first: features[0], second: features[1], share: 0.12, strength: 0.0113 },
      { first: features[0], second: features[2], share: 1e-9, strength: 1e-12 },
    ],
    coefficients: [
      {
        model: 'logistic-regression',
        title: 'Logistic regression',
        folds: 5,
        terms: [
          { feature: features[0], isMissing: false, coefficient: { value: 0.41, low: 0.2, high: 0.62 } },
          { feature: features[1], isMissing: true, coefficient: { value: -0.2, low: -0.31, high: -0.09 } },
          { feature: features[2], isMissing: false, coefficient: { value: 0.1, low: -0.2, high: 0.4 } },
        ],
      },
    ],
  };
}

function contributions(rows: number, spread: number, seed: number) {
  const random = seeded(seed);
  const low = Array.from({ length: rows }, () => spread * (random() - 0.4)).sort((a, b) => a - b);
  const level = low.map((_, i) => (i % 9 === 8 ? Number.NaN : i / rows));
  return { low, high: low, level };
}

function rising(from: number, by: number): ReportCurve {
  const x = [0, 1, 2, 4, 7, 12];
  const value = x.map((_, k) => from + by * k);
  return { x, value, low: value.map((at) => at - 0.02), high: value.map((at) => at + 0.02) };
}

export function sampleCatalogue(): ReportCatalogue {
  return {
    name: ['days_since_last_event', 'thumbs_down_share_14'],
    theme: ['recency', 'reactions'],
    unit: ['days', ''],
    meaning: ['days since the last event', `share of thumbs that are down ${hostile[1]}`],
    formula: ['cutoff − max(day)', 'dislikes / (likes + dislikes) [last 14 days]'],
  };
}

export function sampleTrials(): ReportTrials {
  const trial = (logLoss: number, state: 'chosen' | 'complete' | 'stopped', c: number) => ({
    logLoss,
    state,
    folds: state === 'stopped' ? 2 : 5,
    settings: `C ${c}`,
  });
  return {
    order: 'expanding',
    learners: [
      {
        learner: 'logistic-regression',
        title: 'Logistic regression',
        trials: [trial(0.25, 'complete', 1), trial(0.31, 'stopped', 40), trial(0.23, 'chosen', 0.1)],
      },
    ],
  };
}

/** Of 370 test rows: the share flagged rises evenly, and leavers are found by the curve's power. */
export function sampleThresholds(power: number): ReportThresholds {
  const steps = Array.from({ length: 21 }, (_, k) => k / 20);
  return {
    threshold: steps.map((share) => (1 - share) ** 2 * 0.8),
    truePositives: steps.map((share) => Math.round(27 * share ** power)),
    falsePositives: steps.map((share) => Math.round(343 * share)),
    lost: 27,
    stayed: 343,
  };
}

export function sampleDistribution(): ReportDistribution {
  return {
    width: 0.05,
    lost: [1, 2, 4, 6, 5, 4, 3, 1, 1, 0],
    stayed: [120, 90, 60, 35, 20, 10, 5, 2, 1, 0],
  };
}

export function sampleJudgement(): ReportJudgement {
  const around = (value: number, half: number) => ({ value, low: value - half, high: value + half });
  const calibrated = (error: number) => ({
    expectedCalibrationError: error,
    logLoss: 0.2 + error,
    brier: 0.05 + error / 10,
    intercept: around(0.1, 0.3),
    slope: around(0.9, 0.2),
    curve: Array.from({ length: 5 }, (_, i) => ({
      predicted: 0.05 + i * 0.1,
      observed: wilson(3 + 5 * i, 60),
      examples: 60,
    })),
  });
  const difference = (model: string, against: string, metric: string, value: number, half: number) => ({
    ...{ model, against, metric },
    difference: around(value, half),
    together: { low: value - 1.4 * half, high: value + 1.4 * half },
    better: value - 1.4 * half > 0 ? model : null,
  });
  return {
    split: {
      usersByFold: [45, 45, 45, 45, 45],
      order: 'expanding',
      words: 'Each window is judged by models that learned from earlier cutoffs alone.',
      windows: [{ learnedTo: '2018-10-09', from: '2018-10-19', to: '2018-10-25' }],
    },
    calibration: ['logistic-regression', 'random-forest', 'gradient-boosting'].map((model) => ({
      model,
      calibrator: 'platt',
      candidates: [
        { calibrator: 'none', logLoss: 0.25, excess: 0.02, error: 0.01 },
        { calibrator: 'platt', logLoss: 0.23, excess: 0, error: 0 },
      ],
      before: calibrated(0.08),
      after: calibrated(0.03),
    })),
    differences: ['rocAuc', 'averagePrecision'].flatMap((metric) => [
      difference('gradient-boosting', 'baseline', metric, 0.17, 0.05),
      difference('gradient-boosting', 'random-forest', metric, 0.03, 0.04),
    ]),
    groups: [
      { attribute: 'plan', group: 'paid', users: 120, isTooSmall: false, shift: 0.01 },
      { attribute: 'plan', group: 'not paid', users: 90, isTooSmall: false, shift: 0.07 },
      { attribute: 'registration_month', group: '2018-07', users: 9, isTooSmall: true, shift: 0 },
    ].map(({ shift, ...group }) => ({
      ...group,
      rows: 2 * group.users,
      lost: Math.round(group.users / 6),
      rocAuc: around(0.7 + shift, 0.1),
      averagePrecision: around(0.3, 0.1),
      brier: around(0.07, 0.02),
      bias: around(shift, 0.03),
    })),
  };
}

/** What was explained when nothing could be measured. */
export function sampleExplanationWithHoles(nothing: ReportInterval): ReportExplanation {
  const curve = { x: [0, 1], value: [Number.NaN, Number.NaN], low: [Number.NaN, 0], high: [Number.NaN, 0] };
  return {
    attributions: {
      unit: 'probability',
      rows: 1,
      features: [{ feature: 'age', meanAbsolute: 0, low: [0], high: [0], level: [Number.NaN] }],
    },
    effects: [
      { feature: 'age', partialDependence: curve, accumulatedLocalEffects: curve },
      {
        feature: 'songs',
        partialDependence: { x: [], value: [], low: [], high: [] },
        accumulatedLocalEffects: { x: [], value: [], low: [], high: [] },
      },
    ],
    interactions: [{ first: 'age', second: 'songs', share: Number.NaN, strength: Number.NaN }],
    coefficients: [
      {
        ...{ model: 'linear-svm', title: 'Linear SVM', folds: 1 },
        terms: [{ feature: 'age', isMissing: false, coefficient: nothing }],
      },
    ],
  };
}

export function judgementWithHoles(judgement: ReportJudgement, nothing: ReportInterval): ReportJudgement {
  return {
    ...judgement,
    differences: judgement.differences.map((one) => ({
      ...one,
      difference: nothing,
      together: nothing,
      better: null,
    })),
    groups: judgement.groups.map((one) => ({
      ...one,
      ...{ rocAuc: nothing, averagePrecision: nothing, brier: nothing, bias: nothing },
    })),
  };
}

/** Measured: fewer users are clearly worse, and so is the forecast without recency. */
export function sampleSufficiency(): ReportSufficiency {
  const compared = (value: number, difference: number) => {
    const around = (half: number) => ({ value: difference, low: difference - half, high: difference + half });
    return {
      ...{ value, low: value - 0.1, high: value + 0.1 },
      draws: [value - 0.02, value + 0.02],
      ...{ difference: around(0.02), simultaneous: around(0.03) },
    };
  };
  return {
    verdict: 'borderline',
    words: 'The data just suffice.',
    criteria: [{ criterion: 'learning', verdict: 'borderline', words: 'More users still help.' }],
    precision: [
      { lostUsers: 10, halfWidth: 0.19, smallestDifference: 0.27, isThis: false },
      { lostUsers: 27, halfWidth: 0.11, smallestDifference: 0.16, isThis: true },
    ],
    measured: {
      learner: 'Gradient boosting',
      curves: [
        {
          of: 'users',
          points: [
            { amount: 90, examples: 300, lostUsers: 13 },
            { amount: 180, examples: 600, lostUsers: 27 },
          ].map((point, i) => ({
            ...point,
            rocAuc: compared(0.7 + 0.07 * i, 0.07 * (i - 1)),
            averagePrecision: compared(0.3 + 0.05 * i, 0.05 * (i - 1)),
          })),
        },
      ],
      ablation: [
        {
          kind: 'theme',
          group: 'recency',
          use: 'without',
          features: 9,
          rocAuc: compared(0.6, -0.17),
          averagePrecision: compared(0.2, -0.1),
        },
        {
          kind: 'window',
          group: 'in the last 14 days',
          use: 'only',
          features: 40,
          rocAuc: compared(0.76, -0.01),
          averagePrecision: compared(0.35, 0),
        },
      ],
      ablationFindings: ['without recency the ranking is clearly worse'],
    },
  };
}
