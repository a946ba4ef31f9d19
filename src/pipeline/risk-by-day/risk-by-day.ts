import { coveredUntil } from '../../features/cutoffs.ts';
import type { ExampleRows } from '../../features/examples.ts';
import { riskByDay } from '../../models/hazard/risk-by-day.ts';
import type { ReportRiskByDay } from '../../report/report-data.ts';
import type { Context } from '../context.ts';
import type { Learned } from '../learn.ts';
import type { ReadLog } from '../read-log.ts';
import type { Score } from '../score.ts';
import type { RunSettings } from '../settings.ts';
import { withoutModels } from '../without-models.ts';
import { type FoundRisk, findRiskBeside } from './find-risk.ts';
import { firstDays, firstDaysScored } from './first-days.ts';
import { covariates, LAST_DAY } from './learn-risk.ts';
import { reportRisk } from './report-risk.ts';
import { writeRiskMetrics, writeRisks } from './risk-files.ts';
import { lossDays } from './watch-rows.ts';

/**
 * When users may be lost: learns the hazard of each day on top of the chosen model, and judges it on the test rows.
 * @returns what was found, or in words why there is none.
 */
export async function learnRiskByDay(
  settings: RunSettings,
  log: Pick<ReadLog, 'span'>,
  rows: ExampleRows,
  learned: Learned,
  { engine, effects }: Pick<Context, 'engine' | 'effects'>,
): Promise<FoundRisk | string> {
  if (settings.protocol === 'retrospective') {
    return 'There is no risk by day under the retrospective protocol: its rows have no day to count from.';
  }
  const { outcome, seed, replicates, leadDays, horizonDays } = settings;
  const { plan, groups, cutoffs, chosen } = withoutModels(learned);
  const subject = {
    examples: {
      cutoffs: rows.cutoffs,
      lostOn: await lossDays(engine, 'losses', rows.users),
      end: coveredUntil(log.span),
      firstDays: firstDays(outcome, rows),
    },
    labels: rows.labels,
    learned: { plan, groups, cutoffs, chosen },
    settings: { seed, replicates, leadDays, horizonDays },
  };
  const found = await findRiskBeside(subject, effects);
  return typeof found === 'string' ? `There is no risk by day: ${found}` : found;
}

/**
 * Gives everyone scored their risk by day. Writes `risk_by_day.parquet`, `risk-by-day.json` and `metrics/risk_*.csv`.
 * @returns what the report shows.
 */
export async function forecastRiskByDay(
  { model, judged, window }: FoundRisk,
  outcome: RunSettings['outcome'],
  scores: readonly Pick<Score, 'user' | 'probability'>[],
  { engine, folder }: Pick<Context, 'engine' | 'folder'>,
): Promise<ReportRiskByDay> {
  await writeRiskMetrics(folder, model, judged, window);
  const probabilities = Float64Array.from(scores, ({ probability }) => probability);
  const names = scores.map(({ user }) => user);
  const firstOfScored = await firstDaysScored(outcome, names, engine);
  const risks = riskByDay(model, covariates(probabilities), LAST_DAY, firstOfScored);
  await writeRisks(folder, names, risks, engine);
  return reportRisk(model, risks, judged);
}
