import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { faultsOf } from '../audit/audit.ts';
import { loadDefinition } from '../definition/load.ts';
import { AuditError, NothingToLearnError } from '../errors.ts';
import type { BadRowLimit } from '../ingest/accounting.ts';
import { type RunLearnerName, runLearnerNames } from '../pipeline/learner-names.ts';
import type { OwnTableSpec } from '../pipeline/own-tables/own-table-spec.ts';
import { run } from '../pipeline/run.ts';
import { defaultLearnSettings, type RunSettings } from '../pipeline/settings.ts';
import { type CalibrationOption, withCalibration } from './calibration-option.ts';
import { type EngineOptions, engineSettings, withEngineOptions } from './engine-options.ts';
import { wholeNumber, withCommonOptions, withLogOptions, withOwnTables } from './options.ts';
import { withTerminal } from './terminal/effects.ts';
import { runResultRecord, runResultText, sufficiencyNotes } from './terminal/run-result.ts';
import { writeJson, writeNotes, writeOut } from './terminal/write.ts';
import { type TuningOptions, tuningSettings, withTuningOptions } from './tuning-options.ts';

interface Options extends EngineOptions, TuningOptions, CalibrationOption {
  readonly out: string;
  readonly with: readonly OwnTableSpec[];
  readonly audit?: true;
  readonly outcome?: readonly string[];
  readonly sufficiency?: true;
  readonly definition: string;
  readonly protocol: 'forecast' | 'retrospective';
  readonly lead: number;
  readonly horizon: number;
  readonly every: number;
  readonly history: number;
  readonly folds: number;
  readonly testCutoffs?: number;
  readonly replicates: number;
  readonly learner?: readonly RunLearnerName[];
  readonly maxExamples: number;
  readonly maxFitExamples: number;
  readonly publish?: string;
  readonly seed: number;
  readonly force?: boolean;
  readonly json?: true;
  readonly threads: number;
  readonly maxBadRows: BadRowLimit;
}

/** `refrain run LOG…` */
export function runCommand(signal: AbortSignal): Command {
  const defaults = defaultLearnSettings;
  const days = wholeNumber(1, 3660);
  const command = new Command('run')
    .description('From a log to an honest churn report: clean, explore, learn, judge, score.')
    .argument(
      '<log...>',
      'files, folders or globs: .json, .jsonl, .ndjson, .csv, also .gz and .zst, and .parquet',
    )
    .requiredOption('--out <folder>', 'where to write the run (required)')
    .option('--definition <name|file>', 'what the log means: a built-in name or a YAML file', 'sparkify')
    .addOption(
      new Option('--protocol <protocol>', 'forecast the future, or explain the past (retrospective is leaky)')
        .choices(['forecast', 'retrospective'])
        .default(defaults.protocol),
    )
    .option(
      '--lead <days>',
      'days between the score and the first loss that counts',
      wholeNumber(0, 3660),
      defaults.leadDays,
    )
    .option('--horizon <days>', 'days in which a loss counts', days, defaults.horizonDays)
    .option('--every <days>', 'days between cutoffs', days, defaults.everyDays)
    .option('--history <days>', 'days of log before the first cutoff', days, defaults.historyDays)
    .option('--folds <n>', 'parts that users are divided into', wholeNumber(2, 100), defaults.folds)
    .option('--test-cutoffs <n>', 'last cutoffs kept for the test (default: a quarter)', wholeNumber(1, 1000))
    .option(
      '--replicates <n>',
      'bootstrap replicates for intervals',
      wholeNumber(100, 100_000),
      defaults.replicates,
    )
    .option(
      '--learner <names>',
      `comma-separated (default: ${defaults.learners.join(',')}); also ${otherLearners.join(', ')}`,
      parseLearners,
    )
    .option(
      '--max-examples <n>',
      'examples that a cluster may send here at most',
      wholeNumber(1, 1_000_000_000),
      defaults.maxExamples,
    )
    .option(
      '--max-fit-examples <n>',
      'examples that one fit learns from at most, those of --tune too: all of the rarer outcome, and a weighted sample of the other',
      wholeNumber(100, 1_000_000_000),
      defaults.maxFitExamples,
    )
    .option(
      '--publish <url|table:name>',
      'let the cluster keep ledger and scores: folders below a URL, or tables NAME_ledger and NAME_scores',
    )
    .option(
      '--outcome <names>',
      'outcomes of the definition, comma-separated: the first is the run’s own, each other one gets a folder outcomes/NAME (default: loss)',
      parseNames,
    )
    .option('--audit', 'audit by every check, as refrain audit does (default: those that cost little)')
    .option(
      '--sufficiency',
      'measure whether the data suffice: learning curves, and what themes and windows of features are worth',
    )
    .option('--seed <n>', 'seed of all chance', wholeNumber(0, 2 ** 32 - 1), defaults.seed)
    .option('--force', 'replace an earlier run in the folder');
  return withCommonOptions(
    withEngineOptions(withOwnTables(withLogOptions(withTuningOptions(withCalibration(command))))),
  )
    .addHelpText('after', examples)
    .action(async (log: string[], options: Options) => {
      const { json, threads } = options;
      const settings = await toSettings(log, options);
      const result = await withTerminal(signal, threads, (effects) => run(settings, effects));
      const folder = resolve(options.out);
      writeNotes([...result.manifest.notes, ...sufficiencyNotes(result.manifest)]);
      if (json) writeJson(runResultRecord(result, folder));
      else writeOut(runResultText(result, folder));
      const { nothingToLearn } = result.manifest;
      if (nothingToLearn !== undefined) throw new NothingToLearnError(nothingToLearn, { folder });
      const faults = [result, ...result.others].flatMap(({ audit }) =>
        audit === undefined ? [] : faultsOf(audit),
      );
      if (faults.length > 0) throw new AuditError(faults);
    });
}

const examples = `
Examples:
  $ refrain run mini.json --out first-run
  $ refrain run s3-copy/ --lead 7 --horizon 30 --learner gradient-boosting --out monthly
  $ refrain run mini.json --outcome cancel,downgrade,silence --out ways-to-leave
  $ refrain run mini.json --with tickets.csv --audit --out with-tickets
  $ refrain run mini.json --sufficiency --out measured
  $ refrain run mini.json --tune 30 --trials mini-trials.jsonl --out tuned
  $ refrain run mini.json --learner gradient-boosting,multilayer-perceptron,temporal-convolution,stack --out networks
  $ refrain run shop.csv --definition shop.yaml --out shop-run --json | jq .manifest.accounting`;

async function toSettings(log: string[], options: Options): Promise<RunSettings> {
  const { out, testCutoffs } = options;
  return {
    log,
    out,
    force: options.force === true,
    definition: await loadDefinition(options.definition),
    maxBadRows: options.maxBadRows,
    protocol: options.protocol,
    leadDays: options.lead,
    horizonDays: options.horizon,
    everyDays: options.every,
    historyDays: options.history,
    folds: options.folds,
    learners: options.learner ?? defaultLearnSettings.learners,
    calibration: options.calibration,
    ...tuningSettings(options),
    maxExamples: options.maxExamples,
    maxFitExamples: options.maxFitExamples,
    own: options.with,
    fullAudit: options.audit === true,
    ...(options.outcome === undefined ? {} : { outcomes: options.outcome }),
    sufficiency: options.sufficiency === true,
    ...(options.publish === undefined ? {} : { publish: options.publish }),
    replicates: options.replicates,
    seed: options.seed,
    ...(await engineSettings(options)),
    ...(testCutoffs === undefined ? {} : { testCutoffs }),
  };
}

const otherLearners = runLearnerNames.filter((name) => !defaultLearnSettings.learners.includes(name));

function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Expected names such as cancel,silence.');
  return names;
}

function parseLearners(text: string): RunLearnerName[] {
  return text.split(',').map((name) => {
    const found = runLearnerNames.find((known) => known === name);
    if (found === undefined)
      throw new InvalidArgumentError(`Expected learners of ${runLearnerNames.join(', ')}.`);
    return found;
  });
}
