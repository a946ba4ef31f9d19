import { usage, wholeNumber } from './usage.mjs';

const help = `Usage: npm run bench -- attribution [options]

Times exact path-dependent TreeSHAP of 22,000 made-up rows with 205 features by 200 trees: boosting with 10 and with 31 leaves, and a
random forest. Each round is a process of its own, with one thread and then with more; medians are reported. With --python the
same rows are attributed by LightGBM, by trees of its own of the same sizes, in turn: minutes a round. The results go to bench/results/ and
into docs/performance.md.

Options:
  --python <file>  a Python that has lightgbm and scikit-learn; without it, nothing is compared
  --rounds <n>     how often (default: 5)
  --threads <n>    threads of the second measurement (default: 2)
  --print-only     print the table; write nothing
  --help           show this text

Examples:
  $ npm run bench -- attribution
  $ npm run bench -- attribution --python .venv/bin/python --rounds 3 --print-only
`;

/** Its options: `{python?: string, rounds: number, threads: number, printOnly: boolean}`. */
export const attributionCommand = {
  help,
  flags: { python: { type: 'string' } },
  options(values) {
    if (values.without !== undefined) throw usage('attribution leaves nothing out: found --without.');
    const options = {
      rounds: wholeNumber('--rounds', values.rounds ?? '5', 100),
      threads: wholeNumber('--threads', values.threads ?? '2', 1024),
      printOnly: values['print-only'] === true,
    };
    return values.python === undefined ? options : { ...options, python: values.python };
  },
};
