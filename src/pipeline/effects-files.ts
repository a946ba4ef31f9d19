import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CurvePoint } from '../explanation/partial-dependence.ts';
import { recordsToCsv } from '../table/csv.ts';
import type { Explained } from './explain-learned.ts';
import type { FeatureCurves } from './feature-effects.ts';

/** Writes how features move the predictions, and what linear models weigh, to a run's `metrics/`. */
export async function writeEffects(folder: string, effects: Explained): Promise<void> {
  const write = (name: string, text: string) => writeFile(join(folder, 'metrics', `${name}.csv`), text);
  await write(
    'partial_dependence',
    curvesCsv(effects.curves, ({ partialDependence }) => partialDependence),
  );
  await write(
    'accumulated_local_effects',
    curvesCsv(effects.curves, ({ accumulatedLocalEffects }) => accumulatedLocalEffects),
  );
  await write(
    'interactions',
    recordsToCsv(
      ['first', 'second', 'share', 'strength'],
      effects.interactions.map((one) => ({ ...one })),
    ),
  );
  await write('coefficients', coefficientsCsv(effects.coefficients));
}

function coefficientsCsv(coefficients: Explained['coefficients']): string {
  const records = coefficients.flatMap(({ judged, terms }) =>
    terms.map(({ feature, isMissing, coefficient: { value, low, high } }) => ({
      model: judged.name,
      term: isMissing ? `${feature} is missing` : feature,
      standardised: value,
      low,
      high,
    })),
  );
  return recordsToCsv(['model', 'term', 'standardised', 'low', 'high'], records);
}

function curvesCsv(
  curves: readonly FeatureCurves[],
  pointsOf: (curves: FeatureCurves) => readonly CurvePoint[],
): string {
  const records = curves.flatMap((one) =>
    pointsOf(one).map(({ x, value, low, high }) => ({ feature: one.name, x, value, low, high })),
  );
  return recordsToCsv(['feature', 'x', 'value', 'low', 'high'], records);
}
