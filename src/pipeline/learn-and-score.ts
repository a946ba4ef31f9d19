import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '../at-once.ts';
import { LOSS, noneInWords, outcomeNamed } from '../definition/outcomes.ts';
import type { Engine } from '../engine/engine.ts';
import { NothingToLearnError, UsageError } from '../errors.ts';
import { featureCatalogue } from '../features/catalogue.ts';
import { dayAfter, labelledCutoffs } from '../features/cutoffs.ts';
import { type ExampleRows, examplesSql, type Label, readExamples } from '../features/examples.ts';
import type { Feature } from '../features/feature.ts';
import { historyChannels, readHistory } from '../features/history.ts';
import { readsHistory } from '../models/learners.ts';
import { numbersOf } from '../table/table.ts';
import { conclude, type Forecast } from './conclude.ts';
import type { Context } from './context.ts';
import { type Learned, learn } from './learn.ts';
import { modelFileText } from './model-file.ts';
import { windowLabel } from './outcomes/label.ts';
import { openOwnTables } from './own-tables/open-own-tables.ts';
import type { ReadLog } from './read-log.ts';
import type { RunSettings } from './settings.ts';

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
  return conclude(settings, { log, catalogue, own, rows, learned }, context);
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
  await engine.createTransientAs('examples', examplesSql(features, cutoffs, label), 'features');
  await checkSize(settings, engine);
  const rows = await readExamples(engine, 'examples', features);
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
