import { namesOf, usage, wholeNumber, wholeNumbers } from './usage.mjs';

const peers = ['pyspark', 'executors'];

const help = `Usage: npm run bench -- engines [options]

Times the ledger and the features, from the log to two Parquet tables: on DuckDB, on Spark over Spark Connect, and
hand-written for PySpark with the same master, heap and settings; then on Spark with executors of their own. Each runs
in a process of its own, in turn, round after round, on one log after the other; what each wrote is compared with what
DuckDB wrote, value by value. The results go to bench/results/ and into docs/performance.md.

Options:
  --gigabytes <n,n>  sizes of logs, simulated once into bench/data/ (default: 1,3)
  --log <file>       in place of these a log of Sparkify as JSON lines; may be given several times
  --executors <n,n>  numbers of executors, of one core and 4 GB each (default: 1,2)
  --rounds <n>       how often each is run; medians are reported (default: 3)
  --threads <n>      threads for DuckDB, Spark and PySpark (default: 2)
  --without <names>  what to leave out, separated by commas: ${peers.join(', ')}
  --print-only       print the tables; write no results, leave docs/performance.md as it is
  --help             show this text

Spark needs Python 3.10 or newer and Java 17 or newer (JAVA_HOME). PySpark is installed into bench/.venv (PYTHON names
another Python than python3), Spark's server into Refrain's cache. Intermediate files go to the system's folder for
them (TMPDIR names another).

Examples:
  $ npm run bench -- engines
  $ npm run bench -- engines --log mini.json --rounds 1 --print-only
  $ npm run bench -- engines --gigabytes 1,3,10 --without executors
`;

/**
 * Its options: `{logs: string[], gigabytes: number[], executors: number[], rounds: number, threads: number, without: string[], printOnly: boolean}`;
 * of logs and gigabytes one is empty.
 */
export const enginesCommand = {
  help,
  flags: {
    log: { type: 'string', multiple: true },
    gigabytes: { type: 'string' },
    executors: { type: 'string' },
  },
  options(values) {
    const { log: logs = [], gigabytes } = values;
    if (logs.length > 0 && gigabytes !== undefined) {
      throw usage('--log and --gigabytes are both given; expected one of them.');
    }
    const without = namesOf(peers, values.without);
    const executors = wholeNumbers('--executors', values.executors ?? '1,2', 64);
    return {
      logs,
      gigabytes: logs.length > 0 ? [] : wholeNumbers('--gigabytes', gigabytes ?? '1,3', 1000),
      executors: without.includes('executors') ? [] : executors,
      rounds: wholeNumber('--rounds', values.rounds ?? '3', 100),
      threads: wholeNumber('--threads', values.threads ?? '2', 1024),
      without,
      printOnly: values['print-only'] === true,
    };
  },
};
