import { accumulatedLocalEffects } from '../explanation/accumulated-local-effects.ts';
import { numberColumn, quantileGrid } from '../explanation/grid.ts';
import { type Interaction, interactions } from '../explanation/interactions.ts';
import { type CurvePoint, partialDependence } from '../explanation/partial-dependence.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { Learned } from './learn.ts';
import { predictByFold, sampleTestRows, type TestSample } from './test-sample.ts';

/** How the most important features move the chosen model's test predictions. */
export interface FeatureEffects {
  readonly curves: readonly FeatureCurves[];
  readonly interactions: readonly Interaction[];
}

export interface FeatureCurves {
  readonly name: string;
  readonly partialDependence: readonly CurvePoint[];
  readonly accumulatedLocalEffects: readonly CurvePoint[];
}

const curveFeatures = 8;
const points = 16;
const replicates = 200;
const curveRows = 500;
/** Pairs of features, and predictions, grow with the square of these. */
const interactionFeatures = 5;
const interactionRows = 50;

/**
 * Curves of the 8 most important features over their quantiles, on 500 test rows at most, and interactions of the 5 most important
 * ones, on 50. What a model reads of days has no curve: it is no number of a row.
 */
export function featureEffects(
  learned: Learned,
  rows: ExampleRows,
  importance: readonly PermutationImportance[],
  seed: number,
): FeatureEffects {
  const sample = sampleTestRows(learned, rows, curveRows, { replicates, seed });
  const few = sampleTestRows(learned, rows, interactionRows, { replicates, seed });
  const names = importance.map(({ name }) => name).filter((name) => rows.matrix.names.includes(name));
  return {
    curves: names.slice(0, curveFeatures).map((name) => curvesOf(name, sample)),
    interactions: interactions(predictByFold(few.parts), few.matrix, names.slice(0, interactionFeatures)),
  };
}

function curvesOf(name: string, { parts, matrix, users }: TestSample): FeatureCurves {
  const predict = predictByFold(parts);
  const grid = quantileGrid(numberColumn(matrix, name), points);
  return {
    name,
    partialDependence: partialDependence(predict, matrix, name, grid, users),
    accumulatedLocalEffects: accumulatedLocalEffects(predict, matrix, name, grid, users),
  };
}
