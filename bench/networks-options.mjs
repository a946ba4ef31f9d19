import { usage, wholeNumber, wholeNumbers } from './usage.mjs';

const help = `Usage: npm run bench -- networks [options]

Asks whether neural networks beat gradient boosting on simulated logs: refrain run with both networks, boosting and a
forest on each log, every test user scored by models that never saw them; differences from boosting are paired over the
same rows, with 95 % intervals by bootstrap over users. With --python, the time of a fit of the multilayer perceptron is
measured against scikit-learn's MLPClassifier of the same size, batches and epochs, in turn, round after round. The
results go to bench/results/ and into docs/decisions/networks.md.

Options:
  --users <list>   users of the logs, 63 days each, simulated once into bench/data/ (default: 225,2000)
  --python <file>  a Python that has scikit-learn and polars; without it, no time is compared
  --rounds <n>     how often each fit is timed; medians are reported (default: 5)
  --threads <n>    threads of refrain run (default: 2)
  --print-only     print the tables; write nothing
  --help           show this text

Examples:
  $ npm run bench -- networks
  $ npm run bench -- networks --users 225 --print-only
  $ npm run bench -- networks --python .venv/bin/python --rounds 7
`;

/** Its options: `{users: number[], python?: string, rounds: number, threads: number, printOnly: boolean}`. */
export const networksCommand = {
  help,
  flags: { users: { type: 'string' }, python: { type: 'string' } },
  options(values) {
    if (values.without !== undefined) throw usage('networks leaves nothing out: found --without.');
    const options = {
      users: wholeNumbers('--users', values.users ?? '225,2000', 100_000),
      rounds: wholeNumber('--rounds', values.rounds ?? '5', 100),
      threads: wholeNumber('--threads', values.threads ?? '2', 1024),
      printOnly: values['print-only'] === true,
    };
    return values.python === undefined ? options : { ...options, python: values.python };
  },
};
