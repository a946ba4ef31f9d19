import { Command } from 'commander';
import { version } from '../pipeline/manifest.ts';
import { auditCommand } from './audit.ts';
import { evaluateCommand } from './evaluate.ts';
import { exploreCommand } from './explore.ts';
import { exportCommand } from './export.ts';
import { featuresCommand } from './features.ts';
import { fitCommand } from './fit.ts';
import { predictCommand } from './predict.ts';
import { runCommand } from './run.ts';
import { scoreCommand } from './score.ts';
import { simulateCommand } from './simulate.ts';
import { sparkCommand } from './spark.ts';
import { verifyEnginesCommand } from './verify-engines.ts';

/** The command line. Aborting `signal` stops the command that runs. */
export function program(signal: AbortSignal): Command {
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
  for (const command of [
    runCommand,
    exploreCommand,
    featuresCommand,
    scoreCommand,
    fitCommand,
    predictCommand,
    exportCommand,
    simulateCommand,
    auditCommand,
    evaluateCommand,
    sparkCommand,
    verifyEnginesCommand,
  ]) {
    root.addCommand(configured(command(signal)));
  }
  return root.exitOverride();
}

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
