import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { metricNames } from '../../evaluation/metrics.ts';
import { recordsToCsv } from '../../table/csv.ts';
import type { Cell } from '../../table/table.ts';
import type { Context } from '../context.ts';
import { calibrationChoice } from '../judgement.ts';
import { calibratorRecords } from '../judgement-tables.ts';
import { sha256, version } from '../manifest.ts';
import { trialRecords } from '../trials-file.ts';
import { coefficientRecords } from './coefficients.ts';
import { columnUses } from './column-uses.ts';
import { fitRecords } from './fit-record.ts';
import type { FittedTable } from './fitted-table.ts';
import { tableModelText } from './model-file.ts';
import type { FitTableSettings } from './settings.ts';
import { type TableCard, tableCard } from './table-card.ts';
import { tableCardMarkdown } from './table-card-markdown.ts';
import type { TableFile } from './table-file.ts';

type Records = readonly Readonly<Record<string, Cell>>[];

/**
 * Writes `model.json`, `models/`, `metrics/`, the model card and `run.json`. Only `run.json` holds what depends on the machine.
 */
export async function writeFit(
  settings: FitTableSettings,
  result: FittedTable,
  test: TableFile | undefined,
  { folder, stopwatch, effects }: Context,
): Promise<void> {
  const modelSha256 = sha256(await writeModels(folder, settings, result));
  await writeMetrics(folder, settings, result);
  const { training, fitted, chosen, notes } = result;
  const inputs = await Promise.all([training.file, ...(test === undefined ? [] : [test])].map(inputOf));
  await writeCard(folder, tableCard(settings, result, { modelSha256, tableSha256: inputs[0].sha256 }));
  const { table, out, force, ...settled } = settings;
  const manifest = {
    version,
    command: 'fit',
    createdAt: new Date(effects.now()).toISOString(),
    settings: settled,
    inputs,
    rows: training.examples.labels.length,
    positive: training.examples.labels.reduce((sum, label) => sum + label, 0),
    groups: new Set(training.examples.groups).size,
    judgedBy: test === undefined ? 'cross-validation' : 'test',
    learners: fitRecords(fitted),
    chosenModel: chosen.name,
    modelSha256,
    notes,
    seconds: stopwatch.seconds,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
  await writeFile(join(folder, 'run.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function writeCard(folder: string, card: TableCard): Promise<void> {
  await writeFile(join(folder, 'model-card.json'), `${JSON.stringify(card, null, 2)}\n`);
  await writeFile(join(folder, 'model-card.md'), tableCardMarkdown(card));
}

async function writeModels(
  folder: string,
  { label }: FitTableSettings,
  { fitted, chosen, training: { classes, columns } }: FittedTable,
): Promise<string> {
  const textOf = ({ threshold, model }: (typeof fitted)[number]) =>
    tableModelText({
      ...{ label, classes, threshold, model },
      columns: columns.map(({ name, kind }) => ({ name, kind })),
    });
  await mkdir(join(folder, 'models'));
  for (const one of fitted) {
    if (one !== chosen) await writeFile(join(folder, 'models', `${one.name}.json`), textOf(one));
  }
  const text = textOf(chosen);
  await writeFile(join(folder, 'model.json'), text);
  return text;
}

async function writeMetrics(
  folder: string,
  settings: FitTableSettings,
  { fitted, chosen, training, tuned }: FittedTable,
): Promise<void> {
  const target = join(folder, 'metrics');
  await mkdir(target);
  const write = (name: string, records: Records) =>
    writeFile(join(target, `${name}.csv`), recordsToCsv(Object.keys(records[0] ?? {}), records));
  await write(
    'models',
    fitted.flatMap(({ name, metrics: { intervals } }) =>
      metricNames.map((metric) => {
        const { value, low, high } = intervals[metric];
        return { model: name, metric, value, low, high };
      }),
    ),
  );
  await write(
    'columns',
    fitted.flatMap(({ name, model }) => columnUses(model).map((use) => ({ model: name, ...use }))),
  );
  const choices = fitted.map(calibrationChoice).filter(({ candidates }) => candidates.length > 0);
  if (choices.length > 0) await write('calibrators', calibratorRecords(choices));
  if (tuned !== undefined) await write('trials', trialRecords({ order: 'cross-validation', tuned }));
  const regression = fitted.find(({ name }) => name === 'logistic-regression');
  if (regression !== undefined) {
    await write('coefficients', coefficientRecords(regression.model, training.examples, settings));
  }
  const { labels } = chosen.judgedRows;
  await write(
    'predictions',
    Array.from(labels, (label, row) => ({
      row: row + 1,
      label,
      ...Object.fromEntries(fitted.map(({ name, judgedRows }) => [name, judgedRows.probabilities[row]])),
    })),
  );
}

async function inputOf({ path, bytes }: TableFile) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { path, bytes, sha256: hash.digest('hex') };
}
