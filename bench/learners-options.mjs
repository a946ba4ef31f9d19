import { datasets } from './learners/datasets.mjs';
import { namesOf, usage, wholeNumber, wholeNumbers } from './usage.mjs';

const peers = ['lightgbm', 'hist-gradient-boosting', 'forest', 'extra-trees'];
const names = datasets.map(({ name }) => name);

const help = `Usage: npm run bench -- learners [options]

Times boosting, forests and extremely randomised trees against LightGBM and scikit-learn at equal settings, and compares
how well they rank. Each fit runs in a process of its own, in turn, round after round: once cold, with the start of its
threads, then warm. A round draws every table anew. Ratios are medians over rounds; differences in AUC and average
precision are means with their standard error. The results go to bench/results/ and into docs/performance.md.

Tables named log-USERS are the examples that Refrain makes of a simulated log of Sparkify, 205 features a user and week;
logs (6,000 users: 3.2 GB) and features are made once, into bench/data/. A fit learns from a fold of the users as
refrain run deals them, and is judged by the others at the last cutoffs; a round deals the users anew.

Options:
  --datasets <names>  tables, separated by commas (default: all): ${names.join(', ')}
  --rounds <n>        how often (default: 10)
  --fits <n>          fits of each process, of which the first is cold, at least 2 (default: 3)
  --threads <n,n>     numbers of threads (default: 1,2)
  --without <names>   peers to leave out, separated by commas: ${peers.join(', ')}
  --print-only        print the tables; write no results, leave docs/performance.md as it is
  --help              show this text

LightGBM and scikit-learn are those of the Python that PYTHON names (default: python3); install them with
  python3 -m pip install -r bench/learners/requirements.txt

Examples:
  $ PYTHON=.venv/bin/python npm run bench -- learners
  $ PYTHON=.venv/bin/python npm run bench -- learners --datasets churn-20k,sparse-counts,many-nulls,categories \\
      --fits 2 --without hist-gradient-boosting,forest,extra-trees
  $ npm run bench -- learners --datasets log-225,log-2000 --threads 1 --without forest,extra-trees --print-only
  $ npm run bench -- learners --datasets churn-20k,rare --rounds 3 --threads 2 --print-only
`;

/** Its options: `{datasets: object[], fits: number, rounds: number, threads: number[], without: string[], printOnly: boolean}`. */
export const learnersCommand = {
  help,
  flags: { datasets: { type: 'string' }, fits: { type: 'string' } },
  options(values) {
    const wanted = values.datasets?.split(',') ?? names;
    const unknown = wanted.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw usage(`--datasets has "${unknown}"; expected some of ${names.join(', ')}.`);
    }
    const fits = wholeNumber('--fits', values.fits ?? '3', 100);
    if (fits < 2) throw usage(`--fits is ${fits}; expected at least 2, since the first is cold.`);
    return {
      datasets: datasets.filter(({ name }) => wanted.includes(name)),
      fits,
      rounds: wholeNumber('--rounds', values.rounds ?? '10', 100),
      threads: wholeNumbers('--threads', values.threads ?? '1,2', 64),
      without: namesOf(peers, values.without),
      printOnly: values['print-only'] === true,
    };
  },
};
