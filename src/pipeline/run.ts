import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Audit } from '../audit/audit.ts';
import type { Effects } from '../effects.ts';
import { competingIncidence } from '../explore/incidence.ts';
import { readTemplate } from '../report/html.ts';
import { type Context, withContext } from './context.ts';
import {
  type ForecastOutcome,
  forecastBeside,
  forecastOther,
  forecastOutcome,
  type LogOfOutcomes,
  outcomeFolder,
} from './forecast-outcome.ts';
import { writeIncidence } from './incidence-file.ts';
import type { Learned } from './learn.ts';
import { engineSettings, type Manifest, readingPart, version, writeManifest } from './manifest.ts';
import { learningPart, outcomesPart } from './manifest-learning.ts';
import { chosenOutcomes } from './outcomes/chosen-outcomes.ts';
import { keepLoss } from './outcomes/use-outcome.ts';
import { inNewFolder } from './output-folder.ts';
import { checkOutsideLog } from './outside-log.ts';
import { type ReadLog, readLog } from './read-log.ts';
import { checkRunSettings, type RunSettings } from './settings.ts';

/** What a run left in its folder. */
export interface RunResult {
  readonly manifest: Manifest;
  /** Absent when there was nothing to learn; the manifest then says why. */
  readonly learned?: Learned;
  /** What must not be believed of it; absent as `learned` is. */
  readonly audit?: Audit;
  /** Outcomes beside the run's own. */
  readonly others: readonly OtherOutcome[];
}

/** What was learned of an outcome that has a folder of its own. */
export interface OtherOutcome {
  readonly name: string;
  readonly lost: number;
  readonly learned?: Learned;
  readonly audit?: Audit;
  /** Why there is no model. */
  readonly nothingToLearn?: string;
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
      const read = await readLog(settings, context);
      await copyFile(read.ingested.quarantinePath, join(folder, 'quarantine.ndjson'));
      await engine.writeParquet('select * from ledger order by "user", day', join(folder, 'ledger.parquet'));
      const incidence = await stopwatch.time('explore', () =>
        competingIncidence(settings.definition, engine),
      );
      const log = { ...read, incidence };
      const [own, ...others] = await forecastAll(settings, log, template, context);
      await writeIncidence(folder, incidence);
      const about = (one: ForecastOutcome) => manifestOf(settings, one, log, context);
      const manifest = { ...about(own), ...outcomesPart(others) };
      await writeManifest(folder, manifest);
      for (const other of others) await writeManifest(outcomeFolder(folder, other.outcome), about(other));
      return { manifest, ...resultOf(own), others: others.map(otherOutcome) };
    }),
  );
}

/** The run's own outcome first. */
async function forecastAll(
  settings: RunSettings,
  log: LogOfOutcomes,
  template: string,
  context: Context,
): Promise<[ForecastOutcome, ...ForecastOutcome[]]> {
  const [first, ...others] = chosenOutcomes(settings);
  const isLossAlone = others.length === 0 && first.kind === 'loss';
  if (!isLossAlone) await keepLoss(context.engine);
  const forecast = first.kind === 'loss' ? forecastOutcome : forecastOther;
  return [
    await forecast(settings, first, log, template, context),
    ...(await forecastBeside(settings, others, log, template, context)),
  ];
}

function resultOf({ forecast }: ForecastOutcome): Pick<RunResult, 'learned' | 'audit'> {
  return typeof forecast === 'string' ? {} : { learned: forecast.learned, audit: forecast.audit };
}

function otherOutcome(one: ForecastOutcome): OtherOutcome {
  const { outcome, lost, forecast } = one;
  const nothing = typeof forecast === 'string' ? { nothingToLearn: forecast } : {};
  return { name: outcome.name, lost, ...resultOf(one), ...nothing };
}

function manifestOf(
  { log: paths, out: _out, force: _force, spark, ...rest }: RunSettings,
  own: ForecastOutcome,
  log: ReadLog,
  { stopwatch, effects }: Context,
): Manifest {
  return {
    version,
    command: 'run',
    createdAt: new Date(effects.now()).toISOString(),
    settings: {
      log: paths,
      ...rest,
      outcome: own.outcome,
      ...engineSettings(spark),
      threads: effects.threads,
    },
    ...readingPart({ ...log, lost: own.lost }),
    seconds: stopwatch.seconds,
    ...learningPart(own),
  };
}
