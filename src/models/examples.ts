import { InputError, NothingToLearnError } from '../errors.ts';
import { checkFinite, type Examples, type Levels, type Matrix } from './matrix.ts';

/**
 * Refuses examples that no learner can take, before any of them computes.
 * @throws InputError when sizes disagree, a name or a level stands twice, a label is neither 0 nor 1, a weight is
 * negative, a value is infinite, or a category's is none of its levels.
 * @throws NothingToLearnError when there is no row, or only one of the two outcomes.
 */
export function checkExamples(examples: Examples): void {
  const { matrix, labels, groups } = examples;
  checkShape(examples);
  if (matrix.rows === 0) {
    throw new NothingToLearnError(
      'There is no example to learn from: widen the time span or the set of users.',
    );
  }
  const lost = countLost(labels);
  if (lost === 0 || lost === matrix.rows) {
    const only = lost === 0 ? 'stayed' : 'was lost';
    throw new NothingToLearnError(
      `Every one of the ${matrix.rows} examples ${only}: a learner needs both outcomes. ` +
        'Choose another horizon, or a log that holds both.',
      { rows: matrix.rows, lost, users: new Set(groups).size },
    );
  }
  matrix.columns.forEach((column, j) => {
    checkFinite(matrix.names[j], column);
  });
}

/** How many labels are 1. */
export function countLost(labels: Uint8Array): number {
  let lost = 0;
  for (let i = 0; i < labels.length; i++) lost += labels[i];
  return lost;
}

function checkShape({ matrix, labels, groups, weights }: Examples): void {
  const { rows, names, columns, levels } = matrix;
  if (names.length !== columns.length) {
    throw new InputError(`The matrix has ${names.length} names for ${columns.length} columns.`);
  }
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice !== undefined) throw new InputError(`The feature "${twice}" stands twice in the matrix.`);
  columns.forEach((column, j) => {
    checkLength(`feature "${names[j]}"`, column.length, rows);
  });
  if (levels) checkLevels(levels, matrix);
  checkLength('labels', labels.length, rows);
  checkLength('groups', groups.length, rows);
  if (weights) checkWeights(weights, labels);
  const bad = labels.findIndex((label) => label > 1);
  if (bad >= 0) throw new InputError(`The label of row ${bad} is ${labels[bad]}; expected 0 or 1.`);
}

function checkWeights(weights: Float64Array, labels: Uint8Array): void {
  checkLength('weights', weights.length, labels.length);
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    throw new InputError(`The weight of row ${bad} is ${weights[bad]}; expected a number from 0 up.`, {
      row: bad,
    });
  }
  for (const label of [0, 1]) {
    if (labels.includes(label) && !labels.some((one, i) => one === label && weights[i] > 0)) {
      throw new NothingToLearnError(`Every row labelled ${label} has a weight of 0.`);
    }
  }
}

function checkLevels(levels: Levels, { names, columns }: Matrix): void {
  if (levels.length !== columns.length) {
    throw new InputError(`The matrix has levels for ${levels.length} of ${columns.length} columns.`);
  }
  columns.forEach((column, j) => {
    const own = levels[j];
    if (!own) return;
    const seen = new Set<string>();
    const twice = own.find((level) => seen.size === seen.add(level).size);
    if (twice !== undefined)
      throw new InputError(`The level "${twice}" of the feature "${names[j]}" stands twice.`);
    const row = column.findIndex((code) => !Number.isNaN(code) && own[code] === undefined);
    if (row >= 0) {
      throw new InputError(
        `Row ${row} of the feature "${names[j]}" is ${column[row]}; expected a place in its ${own.length} levels, or NaN.`,
        { feature: names[j], row },
      );
    }
  });
}

function checkLength(what: string, length: number, rows: number): void {
  if (length !== rows) {
    throw new InputError(`The ${what} has ${length} values; expected one for each of the ${rows} rows.`);
  }
}
