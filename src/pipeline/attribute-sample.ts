import { attribute } from '../explanation/attribute.ts';
import type { Attribution } from '../explanation/attribution.ts';
import { selectRows } from '../models/matrix.ts';
import type { TestSample } from './test-sample.ts';

export interface SampleAttribution extends Pick<Attribution, 'unit' | 'names' | 'columns'> {
  /** What each row had of a feature. */
  readonly valuesOf: (name: string) => Float64Array;
}

/** How much each feature moved each sampled row's prediction, by the model of the row's fold; 0 where that model has no such feature. */
export function attributeSample({ parts, matrix }: TestSample): SampleAttribution {
  const columns = new Map<string, Float64Array>();
  const ownValues = new Map<string, Float64Array>();
  const columnOf = (known: Map<string, Float64Array>, name: string) => {
    const column = known.get(name) ?? new Float64Array(matrix.rows);
    known.set(name, column);
    return column;
  };
  const units = parts.map(({ model, places }) => {
    const found = attribute(model, selectRows(matrix, places));
    found.names.forEach((name, j) => {
      columnOf(columns, name).set(found.columns[j], places[0]);
    });
    for (const [name, values] of found.values ?? []) columnOf(ownValues, name).set(values, places[0]);
    return found.unit;
  });
  return {
    unit: units[0] ?? 'log-odds',
    names: [...columns.keys()],
    columns: [...columns.values()],
    valuesOf: (name) => ownValues.get(name) ?? matrix.columns[matrix.names.indexOf(name)],
  };
}
