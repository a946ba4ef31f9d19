import { namesOf, usage, wholeNumber } from './usage.mjs';

const peers = ['wc', 'duckdb', 'polars', 'pyspark', 'refrain-1gb'];

const help = `Usage: npm run bench -- scale [options]

Times the main job, refrain run, as logs grow: its stages, time and memory, beside wc -l, DuckDB's bare scan of the same
columns, and the same ledger hand-written for Polars and for PySpark (with the features). Each runs in a process of its
own, in turn, round after round, on one log after the other; what each wrote is compared with what the main job wrote,
value by value. The results go to bench/results/ and into docs/performance.md.

Options:
  --gigabytes <n,n>  sizes of logs, simulated once into bench/data/ (default: 0.12,0.24,1,3,12)
  --log <file>       in place of these a log of Sparkify as JSON lines; may be given several times
  --rounds <n>       how often each is run; medians are reported (default: 3)
  --threads <n>      threads for each (default: 2)
  --without <names>  what to leave out, separated by commas: ${peers.join(', ')}
  --print-only       print the tables; write no results, leave docs/performance.md as it is
  --help             show this text

Polars and PySpark need Python 3.10 or newer (PYTHON names another than python3), PySpark also Java 17 or newer
(JAVA_HOME); they are installed into bench/.venv-polars and bench/.venv. Intermediate files go to the system's folder
for them (TMPDIR names another): PySpark's are as large as the log.

Examples:
  $ npm run bench -- scale
  $ npm run bench -- scale --gigabytes 0.12,1 --rounds 5 --without pyspark
  $ npm run bench -- scale --log full.json --rounds 1 --without pyspark,polars --print-only
`;

/**
 * Its options: `{logs: string[], gigabytes: number[], rounds: number, threads: number, without: string[], printOnly: boolean}`;
 * of logs and gigabytes one is empty.
 */
export const scaleCommand = {
  help,
  flags: { log: { type: 'string', multiple: true }, gigabytes: { type: 'string' } },
  options(values) {
    const { log: logs = [], gigabytes } = values;
    if (logs.length > 0 && gigabytes !== undefined) {
      throw usage('--log and --gigabytes are both given; expected one of them.');
    }
    return {
      logs,
      gigabytes: logs.length > 0 ? [] : sizes(gigabytes ?? '0.12,0.24,1,3,12'),
      rounds: wholeNumber('--rounds', values.rounds ?? '3', 100),
      threads: wholeNumber('--threads', values.threads ?? '2', 1024),
      without: namesOf(peers, values.without),
      printOnly: values['print-only'] === true,
    };
  },
};

/** Decimal numbers above 0, each once, in ascending order. */
function sizes(text) {
  const values = text.split(',').map(Number);
  if (!values.every((size) => size >= 0.01 && size <= 1000)) {
    throw usage(`--gigabytes is "${text}"; expected numbers from 0.01 to 1000, separated by commas.`);
  }
  return [...new Set(values)].sort((a, b) => a - b);
}
