import { createRandom, hash32 } from '../../dist/random.js';

/**
 * What learners are compared on: made-up tables of the kinds that churn data takes, and the examples of simulated logs of so many `users`.
 * Of a made-up one the first `train` rows are for training; `shape` draws a column from hidden traits of the users; `share` is that of
 * positives.
 */
export const datasets = [
  { name: 'churn-20k', train: 20_000, rows: 120_000, features: 60, share: 0.06, shape: churnColumn },
  { name: 'churn-200k', train: 200_000, rows: 300_000, features: 60, share: 0.06, shape: churnColumn },
  { name: 'wide', train: 10_000, rows: 60_000, features: 400, share: 0.1, shape: churnColumn },
  { name: 'sparse-counts', train: 40_000, rows: 120_000, features: 120, share: 0.08, shape: sparseCount },
  { name: 'many-nulls', train: 40_000, rows: 120_000, features: 50, share: 0.08, shape: mostlyMissing },
  {
    name: 'categories',
    train: 40_000,
    rows: 120_000,
    features: 20,
    share: 0.1,
    shape: churnColumn,
    categories: [4, 12, 60, 240],
  },
  { name: 'rare', train: 100_000, rows: 300_000, features: 40, share: 0.005, shape: churnColumn },
  { name: 'log-225', users: 225 },
  { name: 'log-2000', users: 2000 },
  { name: 'log-6000', users: 6000 },
];

const traitCount = 8;

/**
 * The table of a data set that is made up, for a seed.
 * @returns {{columns: Float64Array[], levels: number[], labels: Uint8Array, train: number}} `levels[j]` is how many levels the category in
 * column j has, 0 for a number; `train` is how many rows, the first ones, are for training.
 */
export function makeTable({ name, train, rows, features, share, shape, categories = [] }, seed) {
  const random = createRandom(hash32(name, seed));
  const traits = Array.from({ length: traitCount }, () => column(rows, () => normal(random)));
  const numbers = Array.from({ length: features }, (_, j) => shape(random, traits, rows, j));
  const coded = categories.map((count) => category(random, traits, rows, count));
  const score = scores(random, traits, rows);
  for (const { effects, codes } of coded) for (let i = 0; i < rows; i++) score[i] += effects[codes[i]] ?? 0;
  const bar = Float64Array.from(score).sort()[Math.floor((1 - share) * rows)];
  const labels = Uint8Array.from(score, (x) => (x > bar ? 1 : 0));
  return {
    columns: [...numbers, ...coded.map(({ codes }) => codes)],
    levels: [...numbers.map(() => 0), ...categories],
    labels,
    train,
  };
}

function column(rows, draw) {
  return Float64Array.from({ length: rows }, (_, i) => draw(i));
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}

/** Log-odds and noise in one: what users do follows from a few traits, some of which count together only. */
function scores(random, traits, rows) {
  const [a, b, c, d, e, f] = traits;
  return column(rows, (i) => {
    const steady = 0.9 * a[i] + 0.5 * Math.max(0, b[i]) - 0.4 * c[i] ** 2;
    const together = 0.8 * d[i] * e[i] + (f[i] > 0.5 && a[i] > 0 ? 1 : 0);
    const uniform = random.float();
    return steady + together + 0.8 * Math.log((uniform + 1e-12) / (1 - uniform));
  });
}

/** Every fourth column a skewed amount, a count, one with missing values, or a plain measure. */
function churnColumn(random, traits, rows, j) {
  const [first, second] = [traits[j % traitCount], traits[(j * 3 + 1) % traitCount]];
  const noise = 0.3 + 0.6 * random.float();
  const mixed = (i) => first[i] + 0.5 * second[i] + noise * normal(random);
  if (j % 4 === 0) return column(rows, (i) => Math.exp(mixed(i)));
  if (j % 4 === 1) return column(rows, (i) => Math.floor(Math.exp(mixed(i))));
  if (j % 4 === 2) return column(rows, (i) => (random.float() < 0.2 ? Number.NaN : mixed(i)));
  return column(rows, mixed);
}

/** Zero for nineteen of twenty users. */
function sparseCount(random, traits, rows, j) {
  const trait = traits[j % traitCount];
  return column(rows, (i) => {
    const rate = Math.exp(1.2 * trait[i] - 3.2 + 0.8 * normal(random));
    return Math.floor(-Math.log(1 - random.float()) * rate + rate);
  });
}

/** Missing for two of three users, and more often for some than for others. */
function mostlyMissing(random, traits, rows, j) {
  const trait = traits[j % traitCount];
  const noise = 0.4 + random.float();
  return column(rows, (i) => {
    const isMissing = random.float() < 1 / (1 + Math.exp(-0.7 - 0.6 * trait[i]));
    return isMissing ? Number.NaN : trait[i] + noise * normal(random);
  });
}

/** Levels of uneven share, each with an effect of its own; one row of fifty has none. */
function category(random, traits, rows, count) {
  const effects = Float64Array.from({ length: count }, () => 0.8 * normal(random));
  const codes = column(rows, (i) => {
    if (random.float() < 0.02) return Number.NaN;
    const at = random.float() ** 2 * count + (traits[7][i] > 1 ? 1 : 0);
    return Math.min(count - 1, Math.floor(at));
  });
  return { effects, codes };
}
