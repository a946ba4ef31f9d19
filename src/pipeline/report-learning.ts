import type { Audit } from '../audit/audit.ts';
import { calibrationCurve } from '../evaluation/calibration.ts';
import { confusionMatrix } from '../evaluation/confusion.ts';
import { gainsCurve, precisionRecallCurve, rocCurve } from '../evaluation/curves.ts';
import { dateOf } from '../features/cutoffs.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { Feature } from '../features/feature.ts';
import type { ReportLearning, ReportModel } from '../report/report-data.ts';
import type { ReportScores } from '../report/report-user.ts';
import { reportAudit } from './audit/report-audit.ts';
import type { Explained } from './explain-learned.ts';
import type { Judged } from './judge-learners.ts';
import type { Learned } from './learn.ts';
import { testTally } from './metrics-files.ts';
import {
  reportCatalogue,
  reportDistribution,
  reportExplanation,
  reportThresholds,
  reportTrials,
} from './report-explanation.ts';

/** What was learned, as the report shows it. */
export function reportLearning(
  learned: Learned,
  rows: ExampleRows,
  features: readonly Feature[],
  explained: Explained,
  audit: Audit,
  scores: ReportScores,
  scored: number,
): ReportLearning {
  const { chosen, cutoffs, plan } = learned;
  const trials = reportTrials(learned);
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return {
    cutoffs: [
      ...cutoffs.map(({ day, role, examples, lost }) => ({ day: dateOf(day), role, examples, lost })),
      { day: scores.day, role: 'score', examples: scored, lost: 0 },
    ],
    folds: plan.fits.length,
    models: learned.judged.map((judged) => reportModel(judged, learned, rows)),
    chosen: chosen.name,
    confusion: {
      threshold: chosen.threshold,
      ...confusionMatrix(testTally(chosen, learned, rows), chosen.threshold),
    },
    features: explained.importance.map(({ name, value, low, high }) => {
      const { meaning = name, unit = '', theme = '' } = byName.get(name) ?? {};
      return { name, meaning, unit, theme, importance: { value, low, high } };
    }),
    explanation: reportExplanation(explained),
    catalogue: reportCatalogue(features),
    ...(trials === undefined ? {} : { trials }),
    audit: reportAudit(audit),
    scores,
  };
}

function reportModel(judged: Judged, learned: Learned, rows: ExampleRows): ReportModel {
  const tally = testTally(judged, learned, rows);
  return {
    name: judged.name,
    title: judged.title,
    fitSeconds: judged.fitSeconds,
    test: judged.test.intervals,
    validationLogLoss: judged.validationLogLoss,
    roc: rocCurve(tally),
    precisionRecall: precisionRecallCurve(tally),
    gains: gainsCurve(tally),
    thresholds: reportThresholds(tally, judged.threshold),
    threshold: judged.threshold,
    distribution: reportDistribution(tally),
    calibration: calibrationCurve(tally),
  };
}
