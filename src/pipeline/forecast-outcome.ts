import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../definition/outcomes.ts';
import { NothingToLearnError } from '../errors.ts';
import { explore } from '../explore/explore.ts';
import type { CompetingIncidence } from '../explore/incidence.ts';
import { buildReportData } from '../report/build-report-data.ts';
import { renderReport } from '../report/html.ts';
import { packNobody } from '../report/pack-users.ts';
import type { Forecast } from './conclude.ts';
import type { Context } from './context.ts';
import { learnAndScore } from './learn-and-score.ts';
import { useOutcome } from './outcomes/use-outcome.ts';
import type { ReadLog } from './read-log.ts';
import { readReportRecord, writeReportRecord } from './report/report-record.ts';
import { reportMeta } from './report-meta.ts';
import type { RunSettings } from './settings.ts';
import { writeStatistics } from './statistics-files.ts';

/** A log whose outcomes are to be forecast. */
export interface LogOfOutcomes extends ReadLog {
  /** Undefined where only the loss can come. */
  readonly incidence: CompetingIncidence | undefined;
}

/** What came of one outcome: what was learned, or in words why nothing was. */
export interface ForecastOutcome {
  readonly outcome: Outcome;
  /** Those by which it was forecast. */
  readonly settings: RunSettings;
  /** Users who had it. */
  readonly lost: number;
  readonly forecast: Forecast | string;
}

/**
 * Explores, learns, scores and reports one outcome into the context's folder.
 * @param template of the report's page.
 */
export async function forecastOutcome(
  settings: RunSettings,
  outcome: Outcome,
  log: LogOfOutcomes,
  template: string,
  context: Context,
): Promise<ForecastOutcome> {
  const { engine, folder, stopwatch, effects } = context;
  const { definition } = settings;
  const exploration = await stopwatch.time('explore', () => explore(definition, engine));
  await writeStatistics(folder, exploration, log.ingested);
  const forecast = await orWhyNot(learnAndScore(settings, log, context));
  const meta = reportMeta(settings, Math.floor(effects.now()));
  const data = buildReportData(
    { ...log, meta, definition, exploration },
    typeof forecast === 'string' ? forecast : forecast.report,
  );
  await stopwatch.time('report', async () => {
    await writeReportRecord(folder, data);
    const users = typeof forecast === 'string' ? await packNobody() : forecast.packed;
    const report = renderReport(await readReportRecord(folder), users, template);
    await writeFile(join(folder, 'report.html'), report);
  });
  return { outcome, settings, lost: log.lost, forecast };
}

/** The same for an outcome that takes the loss's place, in a folder of its own or the run's. Needs `keepLoss`. */
export async function forecastOther(
  settings: RunSettings,
  outcome: Outcome,
  log: LogOfOutcomes,
  template: string,
  context: Context,
): Promise<ForecastOutcome> {
  const { engine, stopwatch } = context;
  const { definition } = settings;
  const lost = await stopwatch.time('outcomes', () => useOutcome(outcome, definition, engine));
  const words = { ...definition.words, loss: outcome.word };
  const own = { ...settings, outcome, definition: { ...definition, words } };
  return forecastOutcome(own, outcome, { ...log, lost }, template, context);
}

/** Outcomes beside the run's own, each in a folder that is as good as a run's: `outcomes/NAME`. */
export async function forecastBeside(
  settings: RunSettings,
  outcomes: readonly Outcome[],
  log: LogOfOutcomes,
  template: string,
  context: Context,
): Promise<ForecastOutcome[]> {
  const results: ForecastOutcome[] = [];
  for (const outcome of outcomes) {
    const folder = outcomeFolder(context.folder, outcome);
    await mkdir(folder, { recursive: true });
    await copyFile(join(context.folder, 'ledger.parquet'), join(folder, 'ledger.parquet'));
    results.push(await forecastOther(settings, outcome, log, template, { ...context, folder }));
  }
  return results;
}

/** Where an outcome that is not the run's own has its files. */
export function outcomeFolder(folder: string, { name }: Outcome): string {
  return join(folder, 'outcomes', name);
}

async function orWhyNot(learning: Promise<Forecast>): Promise<Forecast | string> {
  try {
    return await learning;
  } catch (error) {
    if (error instanceof NothingToLearnError) return error.message;
    throw error;
  }
}
