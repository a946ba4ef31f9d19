import { NothingToLearnError } from '../../errors.ts';
import { coveredUntil } from '../../features/cutoffs.ts';
import type { ExampleRows } from '../../features/examples.ts';
import { riskByDay } from '../../models/hazard/risk-by-day.ts';
import type { ReportRiskByDay } from '../../report/report-data.ts';
import type { Context } from '../context.ts';
import type { Learned } from '../learn.ts';
import type { ReadLog } from '../read-log.ts';
import type { Score } from '../score.ts';
import type { RunSettings } from '../settings.ts';
import { firstDays, firstDaysScored } from './first-days.ts';
import { judgeRisk } from './judge-risk.ts';
import { judgeWindow } from './judge-window.ts';
import { covariates, LAST_DAY, type LearnedRisk, learnRisk } from './learn-risk.ts';
import { reportRisk } from './report-risk.ts';
import { writeRiskMetrics, writeRisks } from './risk-files.ts';
import { lossDays } from './watch-rows.ts';

/**
 * When users may be lost: learns the hazard of each day on top of the chosen model, judges it on the test rows, and gives everyone
 * scored their risk by day. Writes `risk_by_day.parquet`, `risk-by-day.json` and `metrics/risk_*.csv`.
 * @returns what the report shows, or in words why there is none.
 */
export async function forecastRiskByDay(
  settings: RunSettings,
  log: Pick<ReadLog, 'span'>,
  rows: ExampleRows,
  learned: Learned,
  scores: readonly Pick<Score, 'user' | 'probability'>[],
  { engine, folder }: Context,
): Promise<ReportRiskByDay | string> {
  if (settings.protocol === 'retrospective') {
    return 'There is no risk by day under the retrospective protocol: its rows have no day to count from.';
  }
  const lostOn = await lossDays(engine, 'losses');
  const { outcome, seed } = settings;
  const first = firstDays(outcome, rows);
  const found = orWhyNot(() => learnRisk(rows, learned, lostOn, coveredUntil(log.span), seed, first));
  if (typeof found === 'string') return `There is no risk by day: ${found}`;
  const users = Int32Array.from(learned.plan.testRows, (row) => learned.groups[row]);
  const judged = judgeRisk(found, users, settings);
  const window = judgeWindow(found.testRisks, learned, rows, users, settings, settings);
  await writeRiskMetrics(folder, found.model, judged, window);
  const probabilities = Float64Array.from(scores, ({ probability }) => probability);
  const names = scores.map(({ user }) => user);
  const firstOfScored = await firstDaysScored(outcome, names, engine);
  const risks = riskByDay(found.model, covariates(probabilities), LAST_DAY, firstOfScored);
  await writeRisks(folder, names, risks, engine);
  return reportRisk(found.model, risks, judged);
}

/** What was learned, or in words why nothing was. */
function orWhyNot(learning: () => LearnedRisk): LearnedRisk | string {
  try {
    return learning();
  } catch (error) {
    if (error instanceof NothingToLearnError) return error.message;
    throw error;
  }
}
