import { usage, wholeNumber } from './usage.mjs';

const help = `Usage: npm run bench -- report --run <folder> [options]

Measures the report of a run folder: the time of refrain report, the bytes of the page, and in a Chromium without a window
the time to its first paint and of what a reader does with the list of users, each from the press to the next frame painted.
Medians of several openings, the worst beside them. Prints a table; writes nothing but the folder's report.html.

Options:
  --run <folder>   a folder that refrain run made, such as that of the full log (required)
  --rounds <n>     how often the page is opened (default: 5)
  --threads <n>    threads of refrain report (default: 2)
  --help           show this text

Examples:
  $ npm run bench -- report --run full-run
  $ npm run bench -- report --run full-run --rounds 11
`;

/** Its options: `{run: string, rounds: number, threads: number}`. */
export const reportCommand = {
  help,
  flags: { run: { type: 'string' } },
  options(values) {
    if (values.without !== undefined) throw usage('report leaves nothing out: found --without.');
    if (values.run === undefined) throw usage('--run names no folder.');
    return {
      run: values.run,
      rounds: wholeNumber('--rounds', values.rounds ?? '5', 100),
      threads: wholeNumber('--threads', values.threads ?? '2', 1024),
    };
  },
};
