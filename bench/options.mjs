import { parseArgs } from 'node:util';
import { BenchError } from './errors.mjs';
import { peers } from './subjects.mjs';

const help = `Usage: npm run bench -- run [options]

Times the main job, refrain run, against its peers on one log: DuckDB's bare scan of the same columns, the same ledger
and features hand-written for PySpark, and wc -l. Each runs in a process of its own, in turn, round after round; what
PySpark wrote is compared with what Refrain wrote, value by value. The results go to bench/results/ and into
docs/performance.md.

Options:
  --log <file>       a log of Sparkify as JSON lines (default: 1.1 GB, simulated once into bench/data/)
  --rounds <n>       how often each is run; medians are reported (default: 3)
  --threads <n>      threads for each (default: 2)
  --without <names>  peers to leave out, separated by commas: ${peers.join(', ')}
  --print-only       print the table; write no results, leave docs/performance.md as it is
  --help             show this text

PySpark needs Python 3.10 or newer (PYTHON names another than python3) and Java 17 or newer (JAVA_HOME); the bench
installs it into bench/.venv. Intermediate files go to the system's folder for them (TMPDIR names another).

Examples:
  $ npm run bench -- run
  $ npm run bench -- run --log mini.json --rounds 1 --print-only
  $ npm run bench -- run --log full.json --rounds 5 --without wc
`;

/**
 * @returns {{help: true, text: string} | {help: false, options: {log?: string, rounds: number, threads: number, without: string[], printOnly: boolean}}}
 * @throws {BenchError} that names the wrong option.
 */
export function parseCommandLine(args) {
  const { values, positionals } = parse(args);
  if (values.help || args.length === 0) return { help: true, text: help };
  if (positionals.length !== 1 || positionals[0] !== 'run') {
    throw usage(`Expected the command "run", found "${positionals.join(' ')}".`);
  }
  const options = {
    rounds: wholeNumber('--rounds', values.rounds ?? '3', 100),
    threads: wholeNumber('--threads', values.threads ?? '2', 1024),
    without: peersOf(values.without),
    printOnly: values['print-only'] === true,
  };
  return { help: false, options: values.log === undefined ? options : { ...options, log: values.log } };
}

function parse(args) {
  const text = { type: 'string' };
  const flag = { type: 'boolean' };
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { log: text, rounds: text, threads: text, without: text, 'print-only': flag, help: flag },
    });
  } catch (error) {
    throw usage(error.message);
  }
}

function wholeNumber(name, text, max) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > max) {
    throw usage(`${name} is "${text}"; expected a whole number from 1 to ${max}.`);
  }
  return value;
}

function peersOf(text) {
  const names = text === undefined ? [] : text.split(',');
  const unknown = names.find((name) => !peers.includes(name));
  if (unknown !== undefined) throw usage(`--without has "${unknown}"; expected some of ${peers.join(', ')}.`);
  return names;
}

function usage(message) {
  return new BenchError(`${message} See npm run bench -- --help.`, 2);
}
