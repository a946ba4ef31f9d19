import { peers } from './subjects.mjs';
import { namesOf, wholeNumber } from './usage.mjs';

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

/** Its options: `{log?: string, rounds: number, threads: number, without: string[], printOnly: boolean}`. */
export const runCommand = {
  help,
  flags: { log: { type: 'string' } },
  options(values) {
    const options = {
      rounds: wholeNumber('--rounds', values.rounds ?? '3', 100),
      threads: wholeNumber('--threads', values.threads ?? '2', 1024),
      without: namesOf(peers, values.without),
      printOnly: values['print-only'] === true,
    };
    return values.log === undefined ? options : { ...options, log: values.log };
  },
};
