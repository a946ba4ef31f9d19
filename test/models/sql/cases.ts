import type { Calibrator } from '../../../src/models/calibration/calibrator.ts';
import type { CalibratedModel, UncalibratedModel } from '../../../src/models/calibration/model.ts';
import { gradientBoosting } from '../../../src/models/gradient-boosting/learner.ts';
import { withSettings } from '../../../src/models/learners.ts';
import { logisticRegression } from '../../../src/models/logistic-regression/learner.ts';
import type { LogisticRegressionModel } from '../../../src/models/logistic-regression/model.ts';
import type { Matrix } from '../../../src/models/matrix.ts';
import type { MemberModel } from '../../../src/models/member.ts';
import type { Model } from '../../../src/models/model.ts';
import { multilayerPerceptron } from '../../../src/models/multilayer-perceptron/learner.ts';
import { naiveBayes } from '../../../src/models/naive-bayes/learner.ts';
import { fitPrepared } from '../../../src/models/preparation/fit-prepared.ts';
import type { PreparedModel } from '../../../src/models/preparation/model.ts';
import { defaultPreparation, type PreparationSettings } from '../../../src/models/preparation/settings.ts';
import { randomForest } from '../../../src/models/random-forest/learner.ts';
import type { StackModel } from '../../../src/models/stack/model.ts';
import type { Tree } from '../../../src/models/tree/tree.ts';
import { createRandom } from '../../../src/random.ts';
import type { Column, Table } from '../../../src/table/table.ts';
import { perceptron } from '../perceptron.ts';
import { synthetic } from '../synthetic.ts';

/** Names that are hard to quote. */
const HOSTILE = ['say "x"', "it's", 'a`b', 'select', 'x0; drop table t --', 'größe €'];

const LEVELS = ['', "it's", 'back\\slash', '"quoted"', 'größe €', 'unknown to the model'];

/** Rows with missing values and with many values that are thresholds of the models. */
const train = withHostileNames(synthetic(3000, 71));
/** The last column is a category, which models of numbers leave alone; the model knows only some of its levels. */
export const rows: Matrix = withCategory(withHostileNames(synthetic(2000, 72)).matrix);

const linear = logisticRegression.fit(train, logisticRegression.defaults, 1);
const boosting = gradientBoosting.fit(train, { ...gradientBoosting.defaults, trees: 25 }, 1);
const deepForest = randomForest.fit(train, { ...randomForest.defaults, trees: 6, minSamplesLeaf: 2 }, 1);
const network = perceptron(linear, [5, 3], 9);
const bayes = naiveBayes.fit(train, naiveBayes.defaults, 1);
const embedding = multilayerPerceptron.fit(
  { ...train, matrix: withCategory(train.matrix) },
  { ...multilayerPerceptron.defaults, units: 4, hiddenLayers: 2, epochs: 1 },
  1,
);

/** Models of a table, which know some of the levels alone, in an order of their own. */
const table = { ...train, matrix: withCategory(train.matrix, LEVELS.slice(0, -1).toReversed()) };
const oneHot = prepared('logistic-regression', {}, { scale: 'robust', impute: 'median', encode: 'one-hot' });
const native = prepared('gradient-boosting', { trees: 8 }, { scale: 'min-max', encode: 'native' });

/** Points at, between and far from which rows lie; one probability stands twice. */
const isotonic: Calibrator = {
  kind: 'isotonic',
  logOdds: [-3.5, -2, -1.25, -1.2, 0, 0.75, 2],
  probabilities: [0.01, 0.04, 0.04, 0.2, 0.21, 0.6, 0.9],
};
const beta: Calibrator = { kind: 'beta', a: 0.8, b: 1.7, intercept: -0.3 };

/** Transformations that take the engine's own logarithm. */
export const logarithmModels: readonly (readonly [string, Model])[] = [
  ['powers', prepared('logistic-regression', {}, { scale: 'yeo-johnson', impute: 'mean' })],
  ['logarithms', prepared('gradient-boosting', { trees: 8 }, { scale: 'log', encode: 'target' })],
  ['a stack with a forest and beta calibration', calibrated(stackOf([deepForest, linear]), beta)],
  ['a forest and isotonic calibration', calibrated(deepForest, isotonic)],
];

export const quantileModel = prepared('logistic-regression', {}, { scale: 'quantile' });

/** A model of each kind; those with an exact logarithm in no engine apart. */
export const exactModels: readonly (readonly [string, Model])[] = [
  ['logistic regression', linear],
  ['gradient boosting', boosting],
  ['a deep random forest', deepForest],
  ['a multilayer perceptron', network],
  ['naive Bayes', bayes],
  ['a multilayer perceptron that embeds a category', embedding],
  ['a stack of members in log-odds', stackOf([linear, boosting, network])],
  ['trees whose rows lie on their thresholds', { ...treesOver(rows, 22), features: HOSTILE }],
  ['trees that test categories', categoryTrees(rows)],
  ['one-hot columns, scaled and imputed', oneHot],
  [
    'a forest on rates of levels',
    prepared('random-forest', { trees: 4 }, { encode: 'target', impute: 'zero' }),
  ],
  ['a stack of prepared models', { ...stackOf([oneHot, native]), features: native.features }],
  ['Platt’s calibration', calibrated(bayes, { kind: 'platt', slope: 0.6, intercept: -1.1 })],
  ['isotonic calibration', calibrated(linear, isotonic)],
];

export const stackWithForest: Model = stackOf([deepForest, linear]);

/** Log-odds themselves as the only feature: what the logistic function makes of all sizes of them. */
export const identityModel: LogisticRegressionModel = {
  kind: 'logistic-regression',
  features: ['log-odds'],
  terms: [{ part: 'value', feature: 0, median: 0, mean: 0, sd: 1 }],
  coefficients: [1],
  intercept: 0,
};

export const logOdds: Matrix = (() => {
  const random = createRandom(4);
  const special = [0, -0, 1e-300, -5e-324, 708, -708, 708.5, 709, 709.5, 710, -709, 745, 1e300, -1e300];
  const drawn = Array.from({ length: 5000 }, (_, i) => (random.float() - 0.5) * 2 * [1, 40, 720][i % 3]);
  return matrix(['log-odds'], [[...special, ...drawn]]);
})();

export function matrix(names: readonly string[], columns: readonly (readonly number[])[]): Matrix {
  return { rows: columns[0].length, names, columns: columns.map((column) => Float64Array.from(column)) };
}

/** The matrix as an engine's table, with the row's number as `row id`; a missing value is null, in every other row NaN. */
export function tableOf({ rows, names, columns, levels = [] }: Matrix): Table {
  const id: Column = {
    type: 'int64',
    values: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)),
    valid: new Uint8Array(rows).fill(1),
  };
  const features = columns.map((values, j): Column => {
    const own = levels[j];
    if (own) {
      const texts = Array.from(values, (code) => own[code] ?? '');
      return {
        type: 'string',
        values: texts,
        valid: Uint8Array.from(values, (x) => (Number.isNaN(x) ? 0 : 1)),
      };
    }
    const valid = Uint8Array.from(values, (x, i) => (Number.isNaN(x) && i % 2 === 0 ? 0 : 1));
    return { type: 'float64', values: values.map((x, i) => (valid[i] ? x : 0)), valid };
  });
  return { rows, names: ['row id', ...names], columns: [id, ...features] };
}

function withHostileNames<T extends { readonly matrix: Matrix }>(examples: T): T {
  const { matrix } = examples;
  const columns = [...matrix.columns, matrix.columns[0].map((x) => Math.round(x * 4))];
  return { ...examples, matrix: { rows: matrix.rows, names: HOSTILE, columns } };
}

function withCategory(matrix: Matrix, levels: readonly string[] = LEVELS): Matrix {
  const random = createRandom(8);
  const draw = () => (random.float() < 0.2 ? Number.NaN : random.integer(levels.length));
  return {
    rows: matrix.rows,
    names: [...matrix.names, 'plan'],
    columns: [...matrix.columns, Float64Array.from({ length: matrix.rows }, draw)],
    levels: [...matrix.names.map(() => undefined), levels],
  };
}

/** Small and large trees, which test the category in about one node of three. */
function categoryTrees(matrix: Matrix): Model {
  const random = createRandom(7);
  const known = LEVELS.slice(0, -1).toReversed();
  const numbers = HOSTILE.length;
  const trees = treesOver(matrix, 22).trees.map((tree) => {
    const isCategory = tree.feature.map((f) => f >= 0 && random.float() < 0.3);
    const drawSet = () => Array.from(known.keys()).filter(() => random.float() < 0.5);
    return {
      ...tree,
      feature: tree.feature.map((f, i) => (isCategory[i] ? numbers : f)),
      threshold: tree.threshold.map((x, i) => (isCategory[i] ? 0 : x)),
      sets: isCategory.map((is) => (is ? drawSet() : null)),
    };
  });
  const levels = [...HOSTILE.map(() => null), known];
  return { kind: 'gradient-boosting', features: matrix.names, levels, base: 0.2, trees };
}

function prepared(
  learner: 'logistic-regression' | 'random-forest' | 'gradient-boosting',
  settings: Readonly<Record<string, number>>,
  preparation: Partial<PreparationSettings>,
): PreparedModel {
  const task = { ...withSettings(learner, settings), seed: 1 };
  return fitPrepared(table, task, { ...defaultPreparation, ...preparation });
}

function calibrated(model: UncalibratedModel, calibrator: Calibrator): CalibratedModel {
  return { kind: 'calibrated', features: model.features, model, calibrator };
}

function stackOf(members: readonly MemberModel[]): StackModel {
  return {
    kind: 'stack',
    features: HOSTILE,
    members,
    coefficients: members.map((_, m) => 0.7 - 0.3 * m),
    intercept: -0.25,
  };
}

/** Random trees, some of a leaf or two and some with hundreds, whose thresholds are values of the rows. */
function treesOver({ columns, rows }: Matrix, count: number): Extract<Model, { kind: 'gradient-boosting' }> {
  const random = createRandom(6);
  const trees = Array.from({ length: count }, (_, t) => {
    const tree = { feature: [], threshold: [], missing: [], right: [], value: [], cover: [] };
    grow(tree, t % 11);
    return tree;
  });
  return { kind: 'gradient-boosting', features: [], base: -0.1, trees };

  function grow(tree: Mutable<Tree>, depth: number): number {
    const at = tree.feature.length;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.missing.push(0);
    tree.right.push(0);
    tree.value.push((random.float() - 0.5) / 3);
    tree.cover.push(1);
    if (depth === 0 || random.float() < 0.1) return 1;
    const feature = random.integer(HOSTILE.length);
    const drawn = columns[feature][random.integer(rows)];
    tree.feature[at] = feature;
    tree.threshold[at] = Number.isNaN(drawn) ? 0.5 : drawn;
    tree.missing[at] = random.integer(2);
    tree.value[at] = 0;
    const left = grow(tree, depth - 1);
    tree.right[at] = tree.feature.length;
    tree.cover[at] = left + grow(tree, depth - 1);
    return tree.cover[at];
  }
}

type Mutable<T> = { -readonly [K in keyof T]: number[] };
