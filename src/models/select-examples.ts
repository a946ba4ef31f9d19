import { type Examples, selectRows } from './matrix.ts';

/** The rows of examples with the given indices, in their order. */
export function selectExamples({ matrix, labels, groups, weights }: Examples, rows: Int32Array): Examples {
  return {
    matrix: selectRows(matrix, rows),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    groups: Int32Array.from(rows, (row) => groups[row]),
    ...(weights === undefined ? {} : { weights: Float64Array.from(rows, (row) => weights[row]) }),
  };
}
