import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Audit } from '../audit/audit.ts';
import type { Effects } from '../effects.ts';
import { NothingToLearnError } from '../errors.ts';
import { explore } from '../explore/explore.ts';
import { buildReportData } from '../report/build-report-data.ts';
import { readTemplate } from '../report/html.ts';
import { withContext } from './context.ts';
import type { Learned } from './learn.ts';
import { learnAndScore, type Outcome } from './learn-and-score.ts';
import { engineSettings, type Manifest, readingPart, sha256, version, writeManifest } from './manifest.ts';
import { modelFileText } from './model-file.ts';
import { inNewFolder } from './output-folder.ts';
import { checkOutsideLog } from './outside-log.ts';
import { readLog } from './read-log.ts';
import { writeReportRecord } from './report/report-record.ts';
import { reportOfFolder } from './report/write-report.ts';
import { reportMeta } from './report-meta.ts';
import { checkRunSettings, type RunSettings } from './settings.ts';
import { writeStatistics } from './statistics-files.ts';
import type { Sufficiency } from './sufficiency/sufficiency.ts';

/** What a run left in its folder. */
export interface RunResult {
  readonly manifest: Manifest;
  /** Absent when there was nothing to learn; the manifest then says why. */
  readonly learned?: Learned;
  /** What must not be believed of it; absent as `learned` is. */
  readonly audit?: Audit;
}

/**
 * The main job: log in, report out. Writes the run folder `settings.out`, whole or not at all. A log that holds nothing to learn
 * from is still explored and reported.
 * @throws UsageError, InputError, EngineError, InterruptedError as they come; nothing is then written.
 */
export async function run(settings: RunSettings, effects: Effects): Promise<RunResult> {
  checkRunSettings(settings);
  await checkOutsideLog(settings.out, settings.log);
  if (settings.tuning?.trialsFile !== undefined)
    await checkOutsideLog(settings.tuning.trialsFile, settings.log);
  return inNewFolder(settings.out, settings.force, (folder) =>
    withContext(folder, settings, effects, async (context) => {
      const { engine, stopwatch } = context;
      const template = await readTemplate();
      const log = await readLog(settings, context);
      const exploration = await stopwatch.time('explore', () => explore(settings.definition, engine));
      await writeStatistics(folder, exploration);
      await copyFile(log.ingested.quarantinePath, join(folder, 'quarantine.ndjson'));
      await engine.writeParquet('select * from ledger order by "user", day', join(folder, 'ledger.parquet'));
      const outcome = await outcomeOf(learnAndScore(settings, log, context));
      const meta = reportMeta(settings, effects.now());
      const source = { ...log, meta, definition: settings.definition, exploration };
      const data = buildReportData(source, typeof outcome === 'string' ? outcome : outcome.report);
      await writeReportRecord(folder, data);
      const report = await stopwatch.time('report', () =>
        reportOfFolder(folder, { template, showUsers: false }, effects),
      );
      await writeFile(join(folder, 'report.html'), report);
      const { log: paths, out: _out, force: _force, spark, ...rest } = settings;
      const manifest: Manifest = {
        version,
        command: 'run',
        createdAt: new Date(effects.now()).toISOString(),
        settings: { log: paths, ...rest, ...engineSettings(spark), threads: effects.threads },
        ...readingPart(log),
        seconds: stopwatch.seconds,
        ...learningPart(settings, outcome),
      };
      await writeManifest(folder, manifest);
      return typeof outcome === 'string'
        ? { manifest }
        : { manifest, learned: outcome.learned, audit: outcome.audit };
    }),
  );
}

/** What was learned, or in words why nothing was. */
async function outcomeOf(learning: Promise<Outcome>): Promise<Outcome | string> {
  try {
    return await learning;
  } catch (error) {
    if (error instanceof NothingToLearnError) return error.message;
    throw error;
  }
}

function judgementPart(sufficiency: Sufficiency | undefined): Partial<Manifest> {
  if (sufficiency === undefined) return {};
  const { verdict, words, criteria } = sufficiency;
  return { sufficiency: { verdict, words, criteria } };
}

function learningPart(settings: RunSettings, outcome: Outcome | string): Partial<Manifest> {
  if (typeof outcome === 'string') return { nothingToLearn: outcome };
  const { judged, chosen } = outcome.learned;
  return {
    fitSeconds: Object.fromEntries(judged.map(({ name, fitSeconds }) => [name, fitSeconds])),
    chosenModel: chosen.name,
    modelSha256: sha256(modelFileText(settings, chosen)),
    ...judgementPart(outcome.sufficiency),
    ...(outcome.noRiskByDay === undefined ? {} : { noRiskByDay: outcome.noRiskByDay }),
  };
}
