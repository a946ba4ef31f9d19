import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { InputError } from '../../src/errors.ts';
import { attribute } from '../../src/explanation/attribute.ts';
import { attributeAgainst } from '../../src/explanation/attribute-against.ts';
import { attributeInThreads } from '../../src/explanation/attribute-in-threads.ts';
import { gradientBoosting } from '../../src/models/gradient-boosting/learner.ts';
import { type Matrix, selectRows } from '../../src/models/matrix.ts';
import { predict } from '../../src/models/model.ts';
import { parseModel } from '../../src/models/model-json.ts';
import { randomForest } from '../../src/models/random-forest/learner.ts';
import { type GradientBoostingModel, logOddsOfBoosting } from '../../src/models/tree/ensemble.ts';
import type { Tree } from '../../src/models/tree/tree.ts';
import reference from '../fixtures/reference/tree-shap-interventional.json' with { type: 'json' };
import { fromJson, head, withCategory } from '../models/synthetic.ts';

const examples = withCategory(700, 63);
const names = examples.matrix.names;
const settings = { ...gradientBoosting.defaults, trees: 12, minSamplesLeaf: 5, l2: 1, columnSample: 1 };
const boosting = gradientBoosting.fit(examples, settings, 1);
const forest = randomForest.fit(examples, { ...randomForest.defaults, trees: 6, minSamplesLeaf: 4 }, 1);
const test = withCategory(40, 64).matrix;
const background = head(examples, 0, 9).matrix;

/** What features are worth by the definition, over all coalitions; `worth` is told which features are known. */
function shapleyValues(features: number, worth: (known: ReadonlySet<number>) => number): number[] {
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  return Array.from({ length: features }, (_, j) => {
    let value = 0;
    for (let mask = 0; mask < 2 ** features; mask++) {
      if (mask & (1 << j)) continue;
      const known = new Set(Array.from({ length: features }, (_, k) => k).filter((k) => mask & (1 << k)));
      const weight = (factorial(known.size) * factorial(features - known.size - 1)) / factorial(features);
      value += weight * (worth(new Set([...known, j])) - worth(known));
    }
    return value;
  });
}

/** Whether a row with value x goes right at a node. */
function goesRight(tree: Tree, node: number, x: number): boolean {
  if (Number.isNaN(x)) return tree.missing[node] === 1;
  const set = tree.sets?.[node];
  return set ? !set.includes(x) : x > tree.threshold[node];
}

/** The mean over training rows of what a tree predicts, given the known features of a row. */
function byCover(tree: Tree, row: (feature: number) => number, known: ReadonlySet<number>, at = 0): number {
  const feature = tree.feature[at];
  if (feature < 0) return tree.value[at];
  const [left, right] = [at + 1, tree.right[at]];
  if (known.has(feature)) return byCover(tree, row, known, goesRight(tree, at, row(feature)) ? right : left);
  const below = [left, right].map((child) => tree.cover[child] * byCover(tree, row, known, child));
  return (below[0] + below[1]) / tree.cover[at];
}

/** The mean over the background of the log-odds of the row with its unknown features replaced. */
function byBackground(
  model: GradientBoostingModel,
  rows: Matrix,
  i: number,
  known: ReadonlySet<number>,
  others: Matrix,
) {
  const columns = others.columns.map((column, j) =>
    known.has(j) ? column.map(() => rows.columns[j][i]) : column,
  );
  return logOddsOfBoosting(model, { ...others, columns }).reduce((sum, x) => sum + x, 0) / others.rows;
}

describe('path-dependent TreeSHAP', () => {
  it('is the definition on trees that test categories', () => {
    expect(boosting.trees.some(({ sets }) => sets)).toBe(true);
    const { columns } = attribute(boosting, test);
    for (let i = 0; i < 4; i++) {
      const row = (feature: number) => test.columns[feature][i];
      const worth = (known: ReadonlySet<number>) =>
        boosting.trees.reduce((sum, tree) => sum + byCover(tree, row, known), 0);
      shapleyValues(names.length, worth).forEach((value, j) => {
        expect(columns[j][i]).toBeCloseTo(value, 10);
      });
    }
  });

  it.each([boosting, forest])('adds up to 1e-9 on many rows, and alike for rows alone: $kind', (model) => {
    const { unit, base, columns } = attribute(model, examples.matrix);
    predict(model, examples.matrix).forEach((p, i) => {
      const sum = columns.reduce((total, column) => total + column[i], base);
      expect(Math.abs(sum - (unit === 'log-odds' ? Math.log(p / (1 - p)) : p))).toBeLessThan(1e-9);
    });
    const few = attribute(model, selectRows(examples.matrix, [17, 400]));
    few.columns.forEach((column, j) => {
      expect(Array.from(column)).toEqual([columns[j][17], columns[j][400]]);
    });
  });

  it('gives the same bits to a row wherever it stands among more rows than are worked on together', () => {
    const order = Int32Array.from({ length: 32_771 }, (_, i) => (i * 7) % 700);
    const { columns } = attribute(boosting, selectRows(examples.matrix, order));
    const own = attribute(boosting, examples.matrix).columns;
    for (const i of [0, 4095, 4096, 32_767, 32_768, 32_770]) {
      expect(columns.map((column) => column[i])).toEqual(own.map((column) => column[order[i]]));
    }
    const none = attribute(boosting, head(examples, 0, 0).matrix);
    expect(none.columns.map(({ length }) => length)).toEqual(names.map(() => 0));
  });

  it('gives the same bits in threads', async () => {
    const rows = selectRows(
      examples.matrix,
      Int32Array.from({ length: 4100 }, (_, i) => (i * 7) % 700),
    );
    const inline = attribute(boosting, rows);
    const inThreads = await attributeInThreads(boosting, rows, { ...silentEffects, threads: 2 });
    expect(inThreads).toEqual(inline);
    expect(await attributeInThreads(boosting, test, { ...silentEffects, threads: 2 })).toEqual(
      attribute(boosting, test),
    );
  });
});

describe('interventional TreeSHAP', () => {
  it('is the definition: unknown features take the values of background rows', () => {
    fc.assert(
      fc.property(fc.nat(39), fc.integer({ min: 1, max: 9 }), (i, others) => {
        const few = head(examples, 0, others).matrix;
        const { base, columns } = attributeAgainst(boosting, test, few);
        expect(base).toBeCloseTo(byBackground(boosting, test, i, new Set(), few), 10);
        const worth = (known: ReadonlySet<number>) => byBackground(boosting, test, i, known, few);
        shapleyValues(names.length, worth).forEach((value, j) => {
          expect(columns[j][i]).toBeCloseTo(value, 10);
        });
      }),
      { numRuns: 6 },
    );
  });

  it('adds up to 1e-9 for a forest too, and to nothing over a background of the row itself', () => {
    const { base, columns } = attributeAgainst(forest, test, background);
    predict(forest, test).forEach((p, i) => {
      expect(Math.abs(columns.reduce((sum, column) => sum + column[i], base) - p)).toBeLessThan(1e-9);
    });
    const itself = selectRows(test, [3]);
    const { columns: none } = attributeAgainst(forest, itself, itself);
    expect(none.map(([value]) => value)).toEqual(names.map(() => 0));
  });

  it('is that of the shap package on boosting of LightGBM, with missing values', () => {
    const model = parseModel(reference.model);
    if (model.kind !== 'gradient-boosting') throw new Error('the fixture is boosting');
    const matrixOf = (values: readonly (readonly (number | null)[])[]): Matrix => {
      const columns = fromJson(values);
      return { rows: columns[0].length, names: reference.model.features, columns };
    };
    const rows = matrixOf(reference.columns);
    logOddsOfBoosting(model, rows).forEach((logOdds, i) => {
      expect(logOdds).toBeCloseTo(reference.logOdds[i], 12);
    });
    const { base, columns } = attributeAgainst(model, rows, matrixOf(reference.background));
    expect(base).toBeCloseTo(reference.base, 9);
    // The shap package weighs coalitions in single precision here.
    reference.values.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(columns[j][i]).toBeCloseTo(value, 7);
      });
    });
  });

  it('needs a background', () => {
    expect(() => attributeAgainst(forest, test, head(examples, 0, 0).matrix)).toThrow(InputError);
  });
});
