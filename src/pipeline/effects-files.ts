import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CurvePoint } from '../explanation/partial-dependence.ts';
import { recordsToCsv } from '../table/csv.ts';
import type { FeatureCurves, FeatureEffects } from './feature-effects.ts';

/** Writes how features move the predictions to a run's `metrics/`. */
export async function writeEffects(folder: string, effects: FeatureEffects): Promise<void> {
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
