import { Command } from 'commander';
import { faultsOf } from '../audit/audit.ts';
import { loadDefinition } from '../definition/load.ts';
import { AuditError, UsageError } from '../errors.ts';
import type { BadRowLimit } from '../ingest/accounting.ts';
import { type AuditSettings, audit } from '../pipeline/audit/audit.ts';
import { auditRecord } from '../pipeline/audit/audit-files.ts';
import { defaultAuditSettings } from '../pipeline/audit/settings.ts';
import type { OwnTableSpec } from '../pipeline/own-tables/own-table-spec.ts';
import { type EngineOptions, engineSettings, withEngineOptions } from './engine-options.ts';
import { parseColumns, wholeNumber, withCommonOptions, withLogOptions, withOwnTables } from './options.ts';
import { auditText } from './terminal/audit-result.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeOut } from './terminal/write.ts';

interface Options extends EngineOptions {
  readonly with: readonly OwnTableSpec[];
  readonly definition: string;
  readonly truth?: string;
  readonly lead: number;
  readonly horizon: number;
  readonly every: number;
  readonly history: number;
  readonly examples?: string;
  readonly label?: string;
  readonly positive?: string;
  readonly group?: string;
  readonly cutoff?: string;
  readonly drop: readonly string[];
  readonly folds: number;
  readonly replicates: number;
  readonly seed: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: true;
  readonly threads: number;
  readonly maxBadRows: BadRowLimit;
}

/** `refrain audit LOG…` and `refrain audit --examples TABLE` */
export function auditCommand(signal: AbortSignal): Command {
  const defaults = defaultAuditSettings;
  const days = wholeNumber(1, 3660);
  const command = new Command('audit')
    .description('Look for leaks: features that know the future, scores too good to be true.')
    .argument('[log...]', 'files, folders or globs of a log')
    .option('--definition <name|file>', 'what the log means: a built-in name or a YAML file', 'sparkify')
    .option('--truth <folder>', 'what refrain simulate --truth made with the log: no score may beat it')
    .option(
      '--lead <days>',
      'days between score and first loss that counts',
      wholeNumber(0, 3660),
      defaults.leadDays,
    )
    .option('--horizon <days>', 'days in which a loss counts', days, defaults.horizonDays)
    .option('--every <days>', 'days between cutoffs', days, defaults.everyDays)
    .option('--history <days>', 'days of log before the first cutoff', days, defaults.historyDays)
    .option('--examples <table>', 'audit this table of examples instead of a log: .parquet, .csv or .tsv')
    .option('--label <column>', 'of --examples: what is to be predicted')
    .option(
      '--positive <value>',
      'of --examples: the value of the label that is predicted (default: 1 or true)',
    )
    .option('--group <column>', 'of --examples: the user; without it every row is a user')
    .option('--cutoff <column>', 'of --examples: the day as of which a row is')
    .option(
      '--drop <columns>',
      'of --examples: comma-separated columns that are no features',
      parseColumns,
      [],
    )
    .option('--folds <n>', 'parts that users are divided into', wholeNumber(2, 100), defaults.folds)
    .option(
      '--replicates <n>',
      'bootstrap replicates for intervals',
      wholeNumber(100, 100_000),
      defaults.replicates,
    )
    .option('--seed <n>', 'seed of all chance', wholeNumber(0, 2 ** 32 - 1), defaults.seed)
    .option('--out <folder>', 'write audit.json, audit.csv and leak_price.csv there')
    .option('--force', 'replace an earlier audit in the folder');
  return withCommonOptions(withEngineOptions(withLogOptions(withOwnTables(command))))
    .addHelpText('after', help)
    .action(async (log: string[], options: Options) => {
      const settings = await toSettings(log, options);
      const result = await withTerminal(signal, options.threads, (effects) => audit(settings, effects));
      if (options.json) writeJson(auditRecord(result));
      else writeOut(auditText(result));
      const faults = faultsOf(result);
      if (faults.length > 0) throw new AuditError(faults);
    });
}

const help = `
Ends with code 6 when a leak is found. What each check looks for, and what none of them can see, is in docs/audit.md.

Examples:
  $ refrain audit mini.json
  $ refrain audit mini.json --with tickets.csv --with survey.parquet,user=member,date=answered --out audit
  $ refrain audit s3://events/2026/ --engine spark --remote sc://spark:15002 --out audit
  $ refrain audit sim.json --truth sim-truth --json | jq '.checks[] | {check, findings}'
  $ refrain audit --examples table.parquet --label churned --group user_id --cutoff as_of`;

async function toSettings(log: string[], options: Options): Promise<AuditSettings> {
  const { examples, label, positive, group, cutoff, drop, folds, replicates, seed, out, truth } = options;
  if (examples !== undefined && options.engine === 'spark') {
    throw new UsageError(
      'A table of examples is a file of this machine and audited here: leave out --engine spark, and copy a table of the cluster to a file first.',
      { examples },
    );
  }
  const shared = {
    folds,
    replicates,
    seed,
    force: options.force === true,
    ...(out === undefined ? {} : { out }),
    ...(await engineSettings(options)),
  };
  if (examples === undefined) {
    const stray = Object.entries({ label, positive, group, cutoff }).find(([, value]) => value !== undefined);
    if (stray !== undefined)
      throw new UsageError(`--${stray[0]} is for --examples.`, { [stray[0]]: stray[1] });
    if (log.length === 0)
      throw new UsageError('Give a log, or a table of examples by --examples TABLE --label COLUMN.');
    return {
      ...defaultAuditSettings,
      ...shared,
      of: 'log',
      log,
      definition: await loadDefinition(options.definition),
      maxBadRows: options.maxBadRows,
      leadDays: options.lead,
      horizonDays: options.horizon,
      everyDays: options.every,
      historyDays: options.history,
      own: options.with,
      ...(truth === undefined ? {} : { truth }),
    };
  }
  if (log.length > 0 || options.with.length > 0 || truth !== undefined) {
    throw new UsageError('--examples is audited by itself: give no log, --with or --truth beside it.', {
      examples,
    });
  }
  if (label === undefined)
    throw new UsageError('--examples needs --label COLUMN: what is to be predicted.', { examples });
  return {
    ...shared,
    of: 'examples',
    examples,
    label,
    drop,
    ...(positive === undefined ? {} : { positive }),
    ...(group === undefined ? {} : { group }),
    ...(cutoff === undefined ? {} : { cutoff }),
  };
}
