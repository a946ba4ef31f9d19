import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import { NothingToLearnError } from '../errors.ts';
import { explore } from '../explore/explore.ts';
import { featureCatalogue } from '../features/catalogue.ts';
import { dayAfter, labelledCutoffs } from '../features/cutoffs.ts';
import { examplesSql, type Label, readExamples } from '../features/examples.ts';
import { buildReportData, type ReportSource } from '../report/build-report-data.ts';
import { readTemplate, renderReport } from '../report/html.ts';
import { featureImportance } from './importance.ts';
import { type Learned, learn } from './learn.ts';
import { type Manifest, readingPart, sha256, version, writeManifest } from './manifest.ts';
import { writeMetrics } from './metrics-files.ts';
import { stringifyModelFile } from './model-file.ts';
import { inNewFolder } from './output-folder.ts';
import { type ReadLog, readLog, withEngine } from './read-log.ts';
import { reportLearning } from './report-learning.ts';
import { reportMeta } from './report-meta.ts';
import { scoreUsers } from './score.ts';
import { writeScores } from './scores-files.ts';
import type { RunSettings } from './settings.ts';
import { writeStatistics } from './statistics-files.ts';
import { Stopwatch } from './stopwatch.ts';

/** What a run left in its folder. */
export interface RunResult {
  readonly manifest: Manifest;
  /** Absent when there was nothing to learn; the manifest then says why. */
  readonly learned?: Learned;
}

/**
 * The main job: log in, report out. Writes the run folder `settings.out`, whole or not at all. A log that holds nothing to learn
 * from is still explored and reported.
 * @throws UsageError, InputError, EngineError, InterruptedError as they come; nothing is then written.
 */
export function run(settings: RunSettings, effects: Effects): Promise<RunResult> {
  return inNewFolder(settings.out, settings.force, (folder) =>
    withEngine(folder, settings.memory, effects, async (engine, workFolder) => {
      const stopwatch = new Stopwatch(effects);
      const template = await readTemplate();
      const log = await readLog(settings, engine, workFolder, stopwatch, effects);
      const exploration = await stopwatch.time('explore', () => explore(settings.definition, engine));
      await writeStatistics(folder, exploration);
      await copyFile(log.ingested.quarantinePath, join(folder, 'quarantine.ndjson'));
      await engine.writeParquet('select * from ledger order by "user", day', join(folder, 'ledger.parquet'));
      const meta = reportMeta(settings, effects.now());
      const source = { ...log, meta, definition: settings.definition, exploration };
      const outcome = await learnAndScore(settings, log, source, folder, engine, stopwatch, effects).catch(
        (error: unknown) => {
          if (error instanceof NothingToLearnError) return error;
          throw error;
        },
      );
      const isEmpty = outcome instanceof NothingToLearnError;
      const data = buildReportData(source, isEmpty ? outcome.message : outcome.report);
      await writeFile(join(folder, 'report.html'), renderReport(data, template));
      const manifest = manifestOf(settings, log, stopwatch, effects, isEmpty ? outcome : outcome.learned);
      await writeManifest(folder, manifest);
      return isEmpty ? { manifest } : { manifest, learned: outcome.learned };
    }),
  );
}

async function learnAndScore(
  settings: RunSettings,
  log: ReadLog,
  source: ReportSource,
  folder: string,
  engine: Engine,
  stopwatch: Stopwatch,
  effects: Effects,
) {
  if (log.lost === 0) {
    const actions = settings.definition.loss.actions.map((action) => `“${action}”`).join(', ');
    throw new NothingToLearnError(
      `None of the ${log.users} users is lost: no event is ${actions}. There is nothing to learn from; the statistics are in the report.`,
      { users: log.users },
    );
  }
  const features = featureCatalogue(settings.definition);
  const rows = await stopwatch.time('features', async () => {
    const { cutoffs, label } = exampleCutoffs(settings, log);
    await engine.execute(`create table examples as ${examplesSql(features, cutoffs, label)}`, 'features');
    return readExamples(engine, 'examples', features);
  });
  await engine.writeParquet(
    'select * from examples order by cutoff, "user"',
    join(folder, 'examples.parquet'),
  );
  const learned = await stopwatch.time('models', () => learn(rows, settings, effects));
  await writeModels(folder, settings, learned);
  const importance = await stopwatch.time('explanation', async () =>
    featureImportance(learned, rows, settings.seed),
  );
  await writeMetrics(folder, learned, rows, importance);
  const scoreDay = dayAfter(log.span);
  const scores = await stopwatch.time('scores', () =>
    scoreUsers(engine, learned.chosen.model, features, scoreDay),
  );
  await writeScores(folder, scores, engine);
  return { learned, report: reportLearning(learned, rows, features, importance, scores, scoreDay), source };
}

function exampleCutoffs(settings: RunSettings, { span }: ReadLog): { cutoffs: number[]; label: Label } {
  if (settings.protocol === 'retrospective') return { cutoffs: [dayAfter(span)], label: { kind: 'ever' } };
  const { leadDays, horizonDays } = settings;
  return { cutoffs: labelledCutoffs(span, settings), label: { kind: 'window', leadDays, horizonDays } };
}

async function writeModels(folder: string, settings: RunSettings, learned: Learned): Promise<void> {
  await mkdir(join(folder, 'models'));
  for (const judged of learned.judged) {
    const isChosen = judged.name === learned.chosen.name;
    const path = isChosen ? 'model.json' : join('models', `${judged.name}.json`);
    await writeFile(join(folder, path), modelText(settings, learned, judged.name));
  }
}

function modelText(settings: RunSettings, { judged }: Learned, name: string): string {
  const { model, threshold } = judged.find((one) => one.name === name) ?? judged[0];
  const { protocol, leadDays, horizonDays, definition } = settings;
  return stringifyModelFile({ format: 1, protocol, leadDays, horizonDays, threshold, definition, model });
}

function manifestOf(
  settings: RunSettings,
  log: ReadLog,
  stopwatch: Stopwatch,
  effects: Effects,
  outcome: Learned | NothingToLearnError,
): Manifest {
  const { log: paths, out: _out, force: _force, seed, ...rest } = settings;
  const common = {
    version,
    command: 'run' as const,
    createdAt: new Date(effects.now()).toISOString(),
    settings: { ...rest, log: paths, threads: effects.threads },
    seed,
    ...readingPart(log),
    seconds: stopwatch.seconds,
  };
  if (outcome instanceof NothingToLearnError) return { ...common, nothingToLearn: outcome.message };
  return {
    ...common,
    fitSeconds: Object.fromEntries(outcome.judged.map(({ name, fitSeconds }) => [name, fitSeconds])),
    chosenModel: outcome.chosen.name,
    modelSha256: sha256(modelText(settings, outcome, outcome.chosen.name)),
  };
}
