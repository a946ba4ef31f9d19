import { namesOf, usage, wholeNumber } from './usage.mjs';

const help = `Usage: npm run bench -- shapes [options]

Reads logs of awkward shapes on DuckDB and on Spark, and compares what they give byte by byte, as refrain verify-engines does:
one in which a single user has most of the events, and one that lies in very many small files. Says how long each engine took, and what
processor time and memory Spark's driver and executors and the client took. Results go to bench/results/ and into docs/cluster.md.

Options:
  --users <n>        users of the simulated log that both shapes are made of (default: 225, 106 MB)
  --hot-events <n>   events of the one user beside these (default: 1000000)
  --files <n>        files that the log lies in (default: 10000)
  --master <master>  where Spark computes; may be given several times (default: local[2] and local-cluster[2,1,1024])
  --memory <size>    heap of Spark's driver (default: 2g)
  --without <shape>  skew or files: leave it out
  --print-only       print the tables; write no results, leave docs/cluster.md as it is
  --help             show this text

Exit code 1 when a byte differs. The logs lie in the system's folder for temporary files (TMPDIR names another) until it ends: 0.6 GB.

Examples:
  $ npm run bench -- shapes
  $ npm run bench -- shapes --users 60 --hot-events 20000 --files 100 --master 'local[2]' --print-only
`;

const shapes = ['skew', 'files'];

/** Its options: `{users: number, hotEvents: number, files: number, masters: string[], memory: string, without: string[], printOnly: boolean}`. */
export const shapesCommand = {
  help,
  flags: {
    users: { type: 'string' },
    'hot-events': { type: 'string' },
    files: { type: 'string' },
    master: { type: 'string', multiple: true },
    memory: { type: 'string' },
  },
  options(values) {
    for (const name of ['rounds', 'threads']) {
      if (values[name] !== undefined) throw usage(`shapes takes no --${name}: each log is read once.`);
    }
    return {
      users: wholeNumber('--users', values.users ?? '225', 100_000),
      hotEvents: wholeNumber('--hot-events', values['hot-events'] ?? '1000000', 100_000_000),
      files: wholeNumber('--files', values.files ?? '10000', 1_000_000),
      masters: values.master ?? ['local[2]', 'local-cluster[2,1,1024]'],
      memory: heap(values.memory ?? '2g'),
      without: namesOf(shapes, values.without),
      printOnly: values['print-only'] === true,
    };
  },
};

/** @throws {BenchError} for what is no size. */
function heap(text) {
  if (/^[1-9]\d*[mg]$/.test(text)) return text;
  throw usage(`--memory is "${text}"; expected a size such as 512m or 4g.`);
}
