// Races the search for settings against Optuna's TPE and against random search: the same learner, table, folds and number of fits.
// node bench/tuning/main.mjs [--rounds 10] [--trials 25] [--only learner,learner] [--python python3]; the Python needs optuna.
import { parseArgs } from 'node:util';
import { learners, withSettings } from '../../dist/models/learners.js';
import { createRandom } from '../../dist/random.js';
import { fitFold } from '../../dist/tuning/fold-fit.js';
import { dimensionsOf, settingsAt } from '../../dist/tuning/points.js';
import { search } from '../../dist/tuning/search.js';
import { bestTrial, meanLoss, weightsOf } from '../../dist/tuning/trial.js';
import { optuna } from './optuna.mjs';
import { makeFolds, makeTable, tables } from './problems.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    trials: { type: 'string', default: '25' },
    only: { type: 'string' },
    python: { type: 'string', default: 'python3' },
  },
});
const rounds = Number(values.rounds);
const folds = 5;
const fits = Number(values.trials) * folds;

const problems = [
  ['gradient-boosting', 'linear'],
  ['gradient-boosting', 'steps'],
  ['gradient-boosting', 'products'],
  ['random-forest', 'steps'],
  ['logistic-regression', 'linear'],
];

/** Each finds settings with at most `fits` fits, and gives the least mean loss of those that it fitted on all folds. */
const searchers = {
  refrain: async (problem, seed) => {
    const trials = await search(problem, { fits, isTimeUp: () => false }, seed);
    return meanLoss(bestTrial(trials, problem.weights), problem.weights);
  },
  'Optuna TPE': (problem, seed) => optuna(problem, { fits, seed, pruner: 'none' }, values.python),
  'Optuna TPE, median pruner': (problem, seed) =>
    optuna(problem, { fits, seed, pruner: 'median' }, values.python),
  'random search': randomSearch,
};

const gains = Object.fromEntries(Object.keys(searchers).map((name) => [name, []]));
const asked = problems.filter(([learner]) => values.only?.split(',').includes(learner) ?? true);
for (const [learner, table] of asked) {
  const own = Object.fromEntries(Object.keys(searchers).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    const problem = makeProblem(learner, table, round);
    const before = await defaultLoss(problem);
    for (const [name, find] of Object.entries(searchers))
      own[name].push(before - (await find(problem, round)));
  }
  report(`${learner} on ${table}`, own);
  for (const name of Object.keys(searchers)) gains[name].push(...own[name]);
}
report('all', gains);

/** What is gained over the defaults, in thousandths of a nat, and in how many rounds Refrain gains as much or more. */
function report(title, own) {
  process.stdout.write(`${title}\n`);
  for (const [name, values] of Object.entries(own)) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const asGood = values.filter((value, k) => own.refrain[k] >= value).length;
    const ratio =
      own.refrain.reduce((sum, value) => sum + value, 0) / values.reduce((sum, value) => sum + value, 0);
    process.stdout.write(
      `  ${name.padEnd(26)} gains ${(1000 * mean).toFixed(2).padStart(7)}  Refrain as good or better in ${asGood} of ${values.length}, gains ${ratio.toFixed(2)} times as much\n`,
    );
  }
}

function makeProblem(learner, table, round) {
  const examples = makeTable(tables[table], 100 + round);
  const data = { examples, folds: makeFolds(examples, folds) };
  const { searchSpace: space, defaults } = learners[learner];
  const known = new Map();
  const lossOf = ({ settings, fold }) => {
    const key = JSON.stringify([settings, fold]);
    if (!known.has(key)) known.set(key, fitFold(data, { ...withSettings(learner, settings), seed: 1, fold }));
    return known.get(key);
  };
  return {
    space,
    defaults: Object.fromEntries(Object.keys(space).map((name) => [name, startOf(name, defaults[name])])),
    weights: weightsOf(data.folds.map(({ validationRows }) => validationRows.length)),
    lossOf,
    evaluate: async (requests) => requests.map(lossOf),
  };
}

/** A default that lies in the space, which Optuna asks for. */
function startOf(name, value) {
  return name === 'featuresPerSplit' ? 4 : value;
}

async function defaultLoss({ defaults, weights, lossOf }) {
  return meanLoss({ losses: weights.map((_, fold) => lossOf({ settings: defaults, fold })) }, weights);
}

async function randomSearch({ space, defaults, weights, lossOf }, seed) {
  const random = createRandom(seed);
  const dimensions = dimensionsOf(space);
  let best = await defaultLoss({ defaults, weights, lossOf });
  for (let trial = 1; trial < fits / folds; trial++) {
    const point = dimensions.map(({ dimension }) =>
      dimension.kind === 'choice' ? random.integer(dimension.values.length) : random.float(),
    );
    const settings = settingsAt(dimensions, point);
    best = Math.min(
      best,
      meanLoss({ losses: weights.map((_, fold) => lossOf({ settings, fold })) }, weights),
    );
  }
  return best;
}
