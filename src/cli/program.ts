import { Command } from 'commander';
import { version } from '../pipeline/manifest.ts';

/**
 * The command line. Aborting `signal` stops the command that runs. Only the command that the arguments begin with is loaded; all of them where they
 * begin with none.
 */
export async function program(signal: AbortSignal, [first = '']: readonly string[]): Promise<Command> {
  const root = new Command('refrain')
    .description(
      'Who is about to leave a subscription service, why, and how sure we are: from its event log.',
    )
    .version(version)
    // Else `refrain spark start --version 4.0.5` would print our version.
    .enablePositionalOptions()
    .showHelpAfterError(false)
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', help);
  const named = commands.get(first);
  for (const load of named === undefined ? commands.values() : [named]) {
    const command = await load();
    root.addCommand(configured(command(signal)));
  }
  return root.exitOverride();
}

/** By name, in the order of the help. */
const commands = new Map<string, () => Promise<(signal: AbortSignal) => Command>>([
  ['run', async () => (await import('./run.ts')).runCommand],
  ['report', async () => (await import('./report.ts')).reportCommand],
  ['explore', async () => (await import('./explore.ts')).exploreCommand],
  ['features', async () => (await import('./features.ts')).featuresCommand],
  ['score', async () => (await import('./score.ts')).scoreCommand],
  ['fit', async () => (await import('./fit.ts')).fitCommand],
  ['predict', async () => (await import('./predict.ts')).predictCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['simulate', async () => (await import('./simulate.ts')).simulateCommand],
  ['audit', async () => (await import('./audit.ts')).auditCommand],
  ['evaluate', async () => (await import('./evaluate.ts')).evaluateCommand],
  ['spark', async () => (await import('./spark.ts')).sparkCommand],
  ['verify-engines', async () => (await import('./verify-engines.ts')).verifyEnginesCommand],
]);

/** A command and those under it, with errors left to main.ts. */
function configured(command: Command): Command {
  for (const under of command.commands) configured(under);
  return command
    .configureOutput({ outputError: () => {} })
    .configureHelp({ minWidthToWrap: 16 })
    .exitOverride();
}

const help = `
Examples:
  $ refrain simulate --size mini --out mini.json
  $ refrain run mini.json --out first-run
  $ refrain run 'logs/*.ndjson.gz' --definition shop.yaml --out shop-run --force
  $ refrain explore logs/ --out statistics-only
  $ refrain score logs/ --model first-run > scores.csv
  $ refrain fit table.parquet --label churned --group user --out own-table

Results go to stdout, everything else to stderr. NO_COLOR is honoured.

Exit codes:
  0 done   1 a fault of Refrain's   2 usage   3 bad input   4 nothing to learn from
  5 engine or storage   6 done, with audit findings   130 interrupted`;
