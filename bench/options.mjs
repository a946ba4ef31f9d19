import { parseArgs } from 'node:util';
import { attributionCommand } from './attribution-options.mjs';
import { enginesCommand } from './engines-options.mjs';
import { learnersCommand } from './learners-options.mjs';
import { networksCommand } from './networks-options.mjs';
import { reportCommand } from './report-options.mjs';
import { runCommand } from './run-options.mjs';
import { scaleCommand } from './scale-options.mjs';
import { shapesCommand } from './shapes-options.mjs';
import { usage } from './usage.mjs';

const commands = {
  run: runCommand,
  engines: enginesCommand,
  learners: learnersCommand,
  networks: networksCommand,
  scale: scaleCommand,
  report: reportCommand,
  attribution: attributionCommand,
  shapes: shapesCommand,
};

const help = `Usage: npm run bench -- <command> [options]

Commands:
  run       times the main job, refrain run, against its peers
  engines   times the ledger and the features on DuckDB, on Spark and in hand-written PySpark, as data and executors grow
  scale     times the main job and its peers, Polars and PySpark among them, as logs grow
  learners  times boosting, forests and extremely randomised trees against LightGBM and scikit-learn
  report    measures a run's report: bytes, first paint, and what a reader does with the list of users
  networks  asks whether neural networks beat gradient boosting, and times a fit against scikit-learn
  attribution
            times exact Shapley values of trees, and LightGBM's
  shapes    reads a skewed log and one in ten thousand files on DuckDB and on Spark, and compares them byte by byte

npm run bench -- <command> --help tells more.

Examples:
  $ npm run bench -- run
  $ npm run bench -- run --log mini.json --rounds 1 --print-only
  $ npm run bench -- engines --gigabytes 1,3 --executors 1,2
  $ npm run bench -- scale --gigabytes 0.12,1
  $ npm run bench -- learners --datasets churn-20k --rounds 3 --print-only
`;

/**
 * @returns {{help: true, text: string} | {help: false, command: keyof typeof commands, options: object}} options as the command's own module tells.
 * @throws {BenchError} that names the wrong option.
 */
export function parseCommandLine(args) {
  const [name] = args;
  if (name === undefined || name === '--help') return { help: true, text: help };
  if (!Object.hasOwn(commands, name)) {
    throw usage(`Expected a command, ${Object.keys(commands).join(' or ')}, found "${name}".`);
  }
  const command = commands[name];
  const values = parse(name, args.slice(1), command.flags);
  if (values.help) return { help: true, text: command.help };
  return { help: false, command: name, options: command.options(values) };
}

function parse(name, args, flags) {
  const shared = { rounds: { type: 'string' }, threads: { type: 'string' }, without: { type: 'string' } };
  const switches = { 'print-only': { type: 'boolean' }, help: { type: 'boolean' } };
  const { values, positionals } = read({
    args,
    allowPositionals: true,
    options: { ...shared, ...switches, ...flags },
  });
  if (positionals.length > 0) {
    throw usage(`${name} takes options alone, found "${positionals.join(' ')}"; a log is given with --log.`);
  }
  return values;
}

function read(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw usage(error.message);
  }
}
