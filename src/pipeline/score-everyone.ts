import { atOnce } from '../at-once.ts';
import { dayAfter } from '../features/cutoffs.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { Feature } from '../features/feature.ts';
import { historyFeatures } from '../features/history-features.ts';
import { channelsOf } from '../models/model.ts';
import type { PackedUsers } from '../report/pack-users.ts';
import type { ReportRiskByDay } from '../report/report-data.ts';
import type { ReportScores } from '../report/report-user.ts';
import type { Context } from './context.ts';
import { writeContributions } from './contributions-file.ts';
import type { Learned } from './learn.ts';
import { atRiskIn } from './outcomes/label.ts';
import type { ReadLog } from './read-log.ts';
import { writePseudonyms } from './report/pseudonyms-file.ts';
import { reportScores } from './report/report-scores.ts';
import { packFolder } from './report/write-report.ts';
import { forecastRiskByDay, learnRiskByDay } from './risk-by-day/risk-by-day.ts';
import { type ScoredUsers, scoreUsers } from './score.ts';
import { writeScores } from './scores-files.ts';
import type { RunSettings } from './settings.ts';

/** Everyone at risk when the log ends, as the report shows them. */
export interface EveryoneScored {
  readonly users: number;
  /** Whatever the chosen model may read. */
  readonly described: readonly Feature[];
  readonly common: ReportScores;
  readonly packed: PackedUsers;
  /** Or in words why there is none. */
  readonly riskByDay: ReportRiskByDay | string;
}

/** Scores everyone at risk at the end of the log, with reasons and by day; written to the run folder, and to the table `scores`. */
export async function scoreEveryone(
  settings: RunSettings,
  log: ReadLog,
  learned: Learned,
  rows: ExampleRows,
  features: readonly Feature[],
  context: Context,
): Promise<EveryoneScored> {
  const { folder, stopwatch, effects } = context;
  const [scored, found] = await atOnce([
    stopwatch.time('scores', () => scoreAndWrite(settings, log, learned, features, context)),
    stopwatch.time('risk by day', () => learnRiskByDay(settings, log, rows, learned, context)),
  ]);
  const riskByDay =
    typeof found === 'string'
      ? found
      : await stopwatch.time('risk by day', () =>
          forecastRiskByDay(found, settings.outcome, scored.scores, context),
        );
  const described = [...features, ...historyFeatures(channelsOf(learned.chosen.model))];
  const common = reportScores(scored, described, settings.definition, log.span, dayAfter(log.span));
  const days = typeof riskByDay === 'string' ? [] : riskByDay.days;
  const packed = await stopwatch.time('user pages', () => packFolder(folder, common, days, false, effects));
  return { users: scored.scores.length, described, common, packed, riskByDay };
}

async function scoreAndWrite(
  settings: RunSettings,
  log: ReadLog,
  { chosen }: Learned,
  features: readonly Feature[],
  { engine, folder, effects }: Context,
): Promise<ScoredUsers> {
  const day = dayAfter(log.span);
  const scored = await scoreUsers(engine, chosen.model, features, day, effects, atRiskIn(settings));
  await writeScores(folder, scored.scores, engine);
  await writeContributions(folder, scored, features, engine);
  await writePseudonyms(folder, scored.scores);
  return scored;
}
