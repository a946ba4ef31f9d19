import { scoreDistribution } from '../evaluation/score-distribution.ts';
import type { ScoreTally } from '../evaluation/score-tally.ts';
import { thresholdCounts } from '../evaluation/threshold-counts.ts';
import type { CurvePoint } from '../explanation/partial-dependence.ts';
import type { Feature } from '../features/feature.ts';
import type {
  ReportCatalogue,
  ReportCurve,
  ReportDistribution,
  ReportExplanation,
  ReportThresholds,
  ReportTrials,
} from '../report/report-explanation.ts';
import type { Explained } from './explain-learned.ts';
import type { Learned } from './learn.ts';
import { learnerTitle } from './learner-names.ts';

const terms = 20;

/** What was explained, as the report shows it; numbers are rounded to what a drawing can show. */
export function reportExplanation(explained: Explained): ReportExplanation {
  const { attributions, curves, interactions, coefficients } = explained;
  return {
    attributions: {
      unit: attributions.unit,
      rows: attributions.rows,
      features: attributions.features.map(({ name, meanAbsolute, low, high, level }) => ({
        feature: name,
        meanAbsolute,
        low: Array.from(low, fourDigits),
        high: Array.from(high, fourDigits),
        level: Array.from(level, twoDecimals),
      })),
    },
    effects: curves.map(({ name, partialDependence, accumulatedLocalEffects }) => ({
      feature: name,
      partialDependence: reportCurve(partialDependence),
      accumulatedLocalEffects: reportCurve(accumulatedLocalEffects),
    })),
    interactions,
    coefficients: coefficients.map(({ judged, folds, terms: all }) => ({
      model: judged.name,
      title: judged.title,
      folds,
      terms: all.slice(0, terms),
    })),
  };
}

/** Beyond so many a slider has no finer steps, nor a drawing. */
const thresholds = 200;

export function reportThresholds(tally: ScoreTally, inUse: number): ReportThresholds {
  const { threshold, truePositives, falsePositives, lost, stayed } = thresholdCounts(tally, thresholds, [
    1,
    inUse,
  ]);
  return {
    threshold: [...threshold],
    truePositives: [...truePositives],
    falsePositives: [...falsePositives],
    lost,
    stayed,
  };
}

export function reportDistribution(tally: ScoreTally): ReportDistribution {
  const { width, lost, stayed } = scoreDistribution(tally);
  return { width, lost: [...lost], stayed: [...stayed] };
}

/** @returns undefined where the learners kept their defaults. */
export function reportTrials({ tuning, judged }: Learned): ReportTrials | undefined {
  if (tuning === undefined) return undefined;
  return {
    order: tuning.order,
    learners: [...tuning.tuned].map(([learner, { trials }]) => ({
      learner,
      title: judged.find(({ name }) => name === learner)?.title ?? learnerTitle(learner),
      trials: trials.map(({ logLoss, folds, state, settings }) => ({
        logLoss,
        folds,
        state,
        settings: Object.entries(settings)
          .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : settingText(value)}`)
          .join(', '),
      })),
    })),
  };
}

export function reportCatalogue(features: readonly Feature[]): ReportCatalogue {
  return {
    name: features.map(({ name }) => name),
    theme: features.map(({ theme }) => theme),
    unit: features.map(({ unit }) => unit),
    meaning: features.map(({ meaning }) => meaning),
    formula: features.map(({ formula }) => formula),
  };
}

function reportCurve(points: readonly CurvePoint[]): ReportCurve {
  return {
    x: points.map(({ x }) => x),
    value: points.map(({ value }) => fourDigits(value)),
    low: points.map(({ low }) => fourDigits(low)),
    high: points.map(({ high }) => fourDigits(high)),
  };
}

function settingText(value: unknown): string {
  return typeof value === 'number' ? String(fourDigits(value)) : String(value);
}

function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}
