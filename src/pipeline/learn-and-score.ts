import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '../at-once.ts';
import type { Audit } from '../audit/audit.ts';
import { LOSS, noneInWords, outcomeNamed } from '../definition/outcomes.ts';
import type { Engine } from '../engine/engine.ts';
import { NothingToLearnError, UsageError } from '../errors.ts';
import { describeExamples } from '../explore/examples.ts';
import { featureCatalogue } from '../features/catalogue.ts';
import { dayAfter, labelledCutoffs } from '../features/cutoffs.ts';
import { type ExampleRows, examplesSql, type Label, readExamples } from '../features/examples.ts';
import type { Feature } from '../features/feature.ts';
import { historyChannels, readHistory } from '../features/history.ts';
import { historyFeatures } from '../features/history-features.ts';
import { shareMatrix } from '../models/fit-all.ts';
import { readsHistory } from '../models/learners.ts';
import { channelsOf } from '../models/model.ts';
import { reportExamples } from '../report/build-examples.ts';
import type { ReportLearning } from '../report/report-data.ts';
import { numbersOf } from '../table/table.ts';
import { writeAudit } from './audit/audit-files.ts';
import { auditFully, auditQuickly } from './audit/audit-learned.ts';
import type { Context } from './context.ts';
import { writeContributions } from './contributions-file.ts';
import { writeEffects } from './effects-files.ts';
import { writeExampleStatistics } from './example-files.ts';
import { explainLearned } from './explain-learned.ts';
import { judgementOf } from './judgement.ts';
import { type Learned, learn } from './learn.ts';
import { writeMetrics } from './metrics-files.ts';
import { type ModelCard, modelCard } from './model-card.ts';
import { modelCardMarkdown } from './model-card-markdown.ts';
import { modelFileText } from './model-file.ts';
import { writeBeyondClock } from './outcomes/beyond-clock.ts';
import { atRiskIn, windowLabel } from './outcomes/label.ts';
import { openOwnTables } from './own-tables/open-own-tables.ts';
import { writePredictions } from './predictions-file.ts';
import type { ReadLog } from './read-log.ts';
import { writePseudonyms } from './report/pseudonyms-file.ts';
import { reportScores } from './report/report-scores.ts';
import { reportLearning } from './report-learning.ts';
import { forecastRiskByDay } from './risk-by-day/risk-by-day.ts';
import { scoreUsers } from './score.ts';
import { publishRun, writeScores } from './scores-files.ts';
import type { RunSettings } from './settings.ts';
import { reportSufficiency } from './sufficiency/report-sufficiency.ts';
import { runSufficiency } from './sufficiency/run-sufficiency.ts';
import type { Sufficiency } from './sufficiency/sufficiency.ts';

/** What was learned of one outcome. */
export interface Forecast {
  readonly learned: Learned;
  readonly audit: Audit;
  /** Absent under the retrospective protocol. */
  readonly sufficiency: Sufficiency | undefined;
  /** Why there is no risk by day. */
  readonly noRiskByDay?: string;
  readonly report: ReportLearning;
}

/** From the ledger to models, metrics and scores, each written to the run folder. @throws NothingToLearnError */
export async function learnAndScore(
  settings: RunSettings,
  log: ReadLog,
  context: Context,
): Promise<Forecast> {
  const { engine, folder, stopwatch, effects } = context;
  checkLosses(settings, log);
  const catalogue = featureCatalogue(settings.definition);
  const own = await openOwnTables(context, settings.own ?? [], settings.definition);
  const features = [...catalogue, ...own.flatMap((table) => table.features)];
  const rows = await stopwatch.time('features', () => makeExamples(settings, log, features, context));
  const learning = stopwatch.time('models', () => learn(rows, settings, engine, effects));
  const [learned] = await atOnce([learning, writeExamples(context)]);
  await writeModels(folder, settings, learned);
  const examples = await stopwatch.time('explore', async () => describeExamples(rows));
  await writeExampleStatistics(folder, examples);
  const explained = await stopwatch.time('explanation', () =>
    explainLearned(learned, rows, settings.seed, effects),
  );
  const judgement = judgementOf(learned, rows, settings);
  await writeMetrics(folder, learned, rows, explained.importance, judgement, settings);
  await writeBeyondClock(folder, settings.outcome, learned, rows, settings);
  await writeEffects(folder, explained);
  await writeModelCard(folder, modelCard(settings, log, learned, explained.importance));
  await writePredictions(folder, learned, rows, engine);
  const audit = await stopwatch.time('audit', () => {
    const checks = settings.fullAudit === true ? auditFully : auditQuickly;
    const subject = { log, catalogue, own, rows, learned };
    return checks({ ...settings, own: settings.own ?? [] }, subject, context);
  });
  await writeAudit(folder, join(folder, 'metrics'), audit);
  const sufficiency = await runSufficiency(settings, log, learned, rows, features, context);
  const day = dayAfter(log.span);
  const scored = await stopwatch.time('scores', () =>
    scoreUsers(engine, learned.chosen.model, features, day, effects, atRiskIn(settings)),
  );
  await writeScores(folder, scored.scores, engine);
  await writeContributions(folder, scored, features, engine);
  await writePseudonyms(folder, scored.scores);
  const riskByDay = await stopwatch.time('risk by day', () =>
    forecastRiskByDay(settings, log, rows, learned, scored.scores, context),
  );
  if (settings.publish !== undefined) await publishRun(settings.publish, engine, effects);
  await engine.drop('scores');
  const described = [...features, ...historyFeatures(channelsOf(learned.chosen.model))];
  const common = reportScores(scored, described, settings.definition, log.span, day);
  const report = reportLearning(learned, rows, described, explained, audit, common, scored.scores.length);
  const parts = {
    judgement,
    ...inReport(sufficiency),
    ...(typeof riskByDay === 'string' ? {} : { riskByDay }),
  };
  const noRiskByDay = typeof riskByDay === 'string' ? { noRiskByDay: riskByDay } : {};
  return {
    learned,
    audit,
    sufficiency,
    ...noRiskByDay,
    report: { ...report, ...parts, examples: reportExamples(examples, features) },
  };
}

function inReport(sufficiency: Sufficiency | undefined): Pick<ReportLearning, 'sufficiency'> {
  return sufficiency === undefined ? {} : { sufficiency: reportSufficiency(sufficiency) };
}

function checkLosses({ definition, outcome }: RunSettings, { users, lost }: ReadLog): void {
  if (lost > 0) return;
  const none = noneInWords(outcome ?? outcomeNamed(definition, LOSS), definition);
  throw new NothingToLearnError(
    `None of the ${users} users is lost: ${none}. There is nothing to learn from; the statistics are in the report.`,
    { users },
  );
}

async function makeExamples(
  settings: RunSettings,
  log: ReadLog,
  features: readonly Feature[],
  { engine }: Context,
): Promise<ExampleRows> {
  const { cutoffs, label } = cutoffsAndLabel(settings, log);
  await engine.createTableAs('examples', examplesSql(features, cutoffs, label), 'features');
  await checkSize(settings, engine);
  const read = await readExamples(engine, 'examples', features);
  // Fits and the audit share it between threads: here once, where each would copy it.
  const rows = { ...read, matrix: shareMatrix(read.matrix) };
  if (!settings.learners.some(readsHistory)) return rows;
  const history = await readHistory(engine, historyChannels(settings.definition), 'examples', rows);
  return { ...rows, matrix: { ...rows.matrix, history } };
}

function writeExamples({ engine, folder }: Context): Promise<void> {
  const ordered = 'select * from examples order by cutoff, "user"';
  return engine.writeParquet(ordered, join(folder, 'examples.parquet'));
}

/** @throws UsageError when a cluster holds more examples than this machine is to learn from. */
async function checkSize({ maxExamples }: RunSettings, engine: Engine): Promise<void> {
  if (engine.name === 'duckdb') return;
  const [rows] = numbersOf(await engine.query('select count(*) as n_rows from examples'), 'n_rows');
  if (rows <= maxExamples) return;
  throw new UsageError(
    `The log gives ${rows} examples, and --max-examples allows ${maxExamples} to be collected here: make cutoffs rarer with --every, or allow more (about 2 KB of memory each).`,
    { examples: rows, maxExamples },
  );
}

function cutoffsAndLabel(settings: RunSettings, { span }: ReadLog): { cutoffs: number[]; label: Label } {
  if (settings.protocol === 'retrospective') return { cutoffs: [dayAfter(span)], label: { kind: 'ever' } };
  return { cutoffs: labelledCutoffs(span, settings), label: windowLabel(settings) };
}

async function writeModels(
  folder: string,
  settings: RunSettings,
  { judged, chosen }: Learned,
): Promise<void> {
  await mkdir(join(folder, 'models'));
  for (const one of judged) {
    const path = one.name === chosen.name ? 'model.json' : join('models', `${one.name}.json`);
    await writeFile(join(folder, path), modelFileText(settings, one));
  }
}

async function writeModelCard(folder: string, card: ModelCard): Promise<void> {
  await writeFile(join(folder, 'model-card.json'), `${JSON.stringify(card, null, 2)}\n`);
  await writeFile(join(folder, 'model-card.md'), modelCardMarkdown(card));
}
