import type { Matrix } from '../models/matrix.ts';
import type { PlainModel } from '../models/plain-model.ts';
import { type PreparedModel, unwrap } from '../models/preparation/model.ts';
import type { Attribution } from './attribution.ts';

/** Contributions of a table's columns: the sums of those of the columns that are made of them, in the model's unit. */
export function attributePrepared(
  prepared: PreparedModel,
  matrix: Matrix,
  attributeModel: (model: PlainModel, matrix: Matrix) => Attribution,
): Attribution {
  const within = unwrap(prepared, matrix);
  const { unit, base, names, columns } = attributeModel(within.model, within.matrix);
  const sums = prepared.features.map(() => new Float64Array(matrix.rows));
  const inputOf = new Map(prepared.preparation.columns.map(({ name, input }) => [name, input]));
  names.forEach((name, k) => {
    const sum = sums[inputOf.get(name) ?? 0];
    const own = columns[k];
    for (let i = 0; i < sum.length; i++) sum[i] += own[i];
  });
  return { unit, base, names: prepared.features, columns: sums };
}
