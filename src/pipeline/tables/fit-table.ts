import type { Effects } from '../../effects.ts';
import { UsageError } from '../../errors.ts';
import { takesWeights } from '../../models/learners.ts';
import type { Examples } from '../../models/matrix.ts';
import { isCombination } from '../../models/stack/combinations.ts';
import { checkTuningLimits } from '../../tuning/limits.ts';
import { type Context, withContext } from '../context.ts';
import { checkCombinations } from '../learner-names.ts';
import { inNewFolder } from '../output-folder.ts';
import { droppedNotes } from './column-uses.ts';
import { writeFit } from './fit-files.ts';
import type { FittedTable } from './fitted-table.ts';
import { judgeFitted } from './judge-fitted.ts';
import { labelsOf } from './labels.ts';
import { type LearnedTable, learnTable } from './learn-table.ts';
import { type FitTableSettings, takesCategories } from './settings.ts';
import { tableImportance } from './table-importance.ts';
import { readTestTable, type TestTable } from './test-table.ts';
import { numbered, readTrainingTable, type TrainingTable } from './training-table.ts';

/**
 * Fits learners on a table, judges them by another or by cross-validation, and leaves models and metrics in a folder.
 * @throws UsageError, InputError and NothingToLearnError for what cannot be learned from; see `readTrainingTable`.
 */
export async function fitTable(settings: FitTableSettings, effects: Effects): Promise<FittedTable> {
  checkSettings(settings);
  return inNewFolder(settings.out, settings.force, (folder) =>
    withContext(folder, settings, effects, async (context) => {
      const { stopwatch, engine } = context;
      const training = await stopwatch.time('reading', () =>
        readTrainingTable(engine, settings.table, settings),
      );
      const test = await stopwatch.time('reading', () => readTest(settings, training, context));
      const learned = await stopwatch.time('models', () => learnTable(training, settings, effects));
      const fitted = await stopwatch.time('judging', async () =>
        judgeFitted(learned, training.examples, test?.examples, settings, effects),
      );
      const chosen = fitted.reduce((best, one) =>
        one.validationLogLoss < best.validationLogLoss ? one : best,
      );
      const importance = await stopwatch.time('explanation', () =>
        tableImportance(chosen, learned, training.examples, test?.examples, settings, effects),
      );
      const notes = [
        ...droppedNotes(chosen.model),
        ...(test === undefined ? [] : testNotes(training, test)),
        ...tuningNotes(settings),
        ...calibrationNotes(settings, learned),
      ];
      const result = { fitted, chosen, training, importance, notes, tuned: learned.tuned };
      await writeFit(settings, result, test?.file, context);
      return result;
    }),
  );
}

interface Test extends TestTable {
  readonly examples: Examples;
  readonly groupKeys: readonly string[] | undefined;
}

async function readTest(
  { test, label, group }: FitTableSettings,
  { examples: { matrix }, columns, classes }: TrainingTable,
  { engine }: Context,
): Promise<Test | undefined> {
  if (test === undefined) return undefined;
  const needed = columns.filter((_, j) => matrix.columns[j].some((x) => !Number.isNaN(x)));
  const asText = group === undefined ? [label] : [label, group];
  const table = await readTestTable(engine, test, needed, asText);
  const labels = labelsOf(table.texts.get(label) ?? [], classes, test);
  const keys =
    group === undefined ? undefined : table.texts.get(group)?.map((key, row) => key ?? `row ${row}`);
  const groups = keys === undefined ? Int32Array.from(labels.keys()) : numbered(keys);
  return { ...table, groupKeys: keys, examples: { matrix: table.matrix, labels, groups } };
}

function tuningNotes({ tuning, test }: FitTableSettings): string[] {
  if (tuning === undefined || test !== undefined) return [];
  return [
    'The settings were chosen on the rows that they are judged by: the metrics are a little too good. Give --test to have others.',
  ];
}

function calibrationNotes({ calibration }: FitTableSettings, { plan }: LearnedTable): string[] {
  if (calibration === 'none' || plan !== undefined) return [];
  return [
    'The probabilities are as the learner gives them: with --test and a given --threshold nothing is cross-validated that they could be calibrated by. Leave --threshold out to have them calibrated.',
  ];
}

function testNotes(training: TrainingTable, { extra, groupKeys, file }: Test): string[] {
  const notes: string[] = [];
  const features = new Set(training.file.columns.map(({ name }) => name));
  const unknown = extra.filter((name) => !features.has(name));
  if (unknown.length > 0) {
    notes.push(
      `${file.path} has columns that the training table lacks; they are not used: ${unknown.slice(0, 10).join(', ')}${unknown.length > 10 ? ', …' : ''}.`,
    );
  }
  const known = new Set(training.groupKeys);
  const shared = new Set(groupKeys?.filter((key) => known.has(key))).size;
  if (shared > 0) {
    notes.push(
      `${shared} groups stand in both tables: on them the metrics are not those of groups that the models never saw.`,
    );
  }
  return notes;
}

/** @throws UsageError for what cannot be had together, before any work is done. */
function checkSettings({ learners, changes, weight, preparation, tuning }: FitTableSettings): void {
  if (tuning !== undefined) checkTuningLimits(tuning);
  checkCombinations(learners);
  const unweighted = learners.filter((name) => isCombination(name) || !takesWeights.has(name));
  if (weight !== undefined && unweighted.length > 0) {
    throw new UsageError(
      `${unweighted.join(', ')} take no weights of rows: leave --weight out, or choose among ${[...takesWeights].filter((name) => name !== 'baseline').join(', ')}.`,
      { learners, weight },
    );
  }
  const numeric = learners.filter((name) => !isCombination(name) && !takesCategories.has(name));
  if (preparation.encode === 'native' && numeric.length > 0) {
    throw new UsageError(
      `${numeric.join(', ')} take numbers alone: choose another --encode, or among ${[...takesCategories].join(', ')}.`,
      { learners, encode: preparation.encode },
    );
  }
  const known: ReadonlySet<string> = new Set(learners);
  const astray = Object.keys(changes).find((name) => !known.has(name));
  if (astray !== undefined) {
    throw new UsageError(
      `There are settings for "${astray}", which is not among the learners: ${learners.join(', ')}.`,
      { learner: astray },
    );
  }
}
