import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterOrder } from '../../src/explore/average-linkage.ts';
import { describeExamples } from '../../src/explore/examples.ts';
import { rankCorrelations } from '../../src/explore/rank-correlation.ts';

const nan = Number.NaN;
const rows = (...lists: number[][]) => lists.map((list) => Float64Array.from(list));

describe('rank correlations', () => {
  test('are those of pandas, with ties, gaps and a column that does not vary', () => {
    const matrix = rankCorrelations(
      rows(
        [3, 1, 4, 1, 5, 9, 2, 6, 5, 3],
        [2, 7, 1, 8, 2, 8, 1, 8, nan, 4],
        [1, 1, 2, 3, 5, 8, 13, 21, 34, nan],
        [5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
      ),
    );
    const expected = rows(
      [1, 0.14226252572825848, 0.5780642175113534, nan],
      [0.14226252572825848, 1, 0.22992456889897536, nan],
      [0.5780642175113534, 0.22992456889897536, 1, nan],
      [nan, nan, nan, nan],
    );
    matrix.forEach((row, i) => {
      row.forEach((value, j) => {
        if (Number.isNaN(expected[i][j])) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(expected[i][j], 14);
      });
    });
  });

  test('are 1 of what rises together and −1 of what rises as the other falls, exactly', () => {
    const [[, up], [, , down]] = rankCorrelations(rows([1, 2, 5, 9], [0, 10, 20, 1e9], [4, 3, 2, 1]));
    expect(up).toBe(1);
    expect(down).toBe(-1);
  });
});

describe('the order of clusters', () => {
  // scipy.cluster.hierarchy.linkage(…, 'average') of nine points in a square.
  const distances = rows(
    [0, 0.495, 0.621, 0.1, 0.293, 0.445, 0.393, 0.483, 0.403],
    [0.495, 0, 0.126, 0.491, 0.73, 0.23, 0.174, 0.493, 0.774],
    [0.621, 0.126, 0, 0.615, 0.852, 0.302, 0.274, 0.563, 0.885],
    [0.1, 0.491, 0.615, 0, 0.245, 0.487, 0.422, 0.565, 0.497],
    [0.293, 0.73, 0.852, 0.245, 0, 0.729, 0.667, 0.77, 0.564],
    [0.445, 0.23, 0.302, 0.487, 0.729, 0, 0.085, 0.264, 0.606],
    [0.393, 0.174, 0.274, 0.422, 0.667, 0.085, 0, 0.325, 0.611],
    [0.483, 0.493, 0.563, 0.565, 0.77, 0.264, 0.325, 0, 0.437],
    [0.403, 0.774, 0.885, 0.497, 0.564, 0.606, 0.611, 0.437, 0],
  );
  const merged = ['56', '03', '12', '034', '1256', '12567', '0348'];

  test('keeps every cluster of scipy together', () => {
    const order = clusterOrder(distances).join('');
    expect(order).toBe('034812567');
    for (const cluster of merged) {
      const places = [...cluster].map((leaf) => order.indexOf(leaf)).sort((a, b) => a - b);
      expect(places[places.length - 1] - places[0], cluster).toBe(cluster.length - 1);
    }
  });

  test('is that of the leaves where all are equally far, and of few leaves what it must be', () => {
    const equal = Array.from({ length: 4 }, (_, i) =>
      Float64Array.from([0, 1, 2, 3], (j) => (i === j ? 0 : 1)),
    );
    expect(clusterOrder(equal)).toEqual([0, 1, 2, 3]);
    expect(clusterOrder([])).toEqual([]);
    expect(clusterOrder(rows([0]))).toEqual([0]);
  });

  test('names every leaf once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (places) => {
        const between = places.map((a) => Float64Array.from(places, (b) => Math.abs(a - b)));
        expect(clusterOrder(between).sort((a, b) => a - b)).toEqual([...places.keys()]);
      }),
      { seed: 5 },
    );
  });
});

describe('the statistics of examples', () => {
  const examples = {
    users: ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd', 'e'],
    cutoffs: Int32Array.from([10, 10, 10, 10, 17, 17, 17, 17, 17]),
    labels: Uint8Array.from([1, 0, 0, 0, 0, 1, 1, 0, 0]),
    matrix: {
      rows: 9,
      names: ['constant', 'clear', 'absent', 'weak'],
      columns: rows(
        [1, 2, 3, 4, 5, 5, 5, 5, 5],
        [0, 0, 0, 0, 1, 8, 9, 2, 3],
        [nan, nan, nan, nan, nan, nan, nan, nan, nan],
        [0, 0, 0, 0, 3, 4, 1, 2, 5],
      ),
    },
  };

  test('are of the cutoff with the most losses, features that tell the outcomes apart first', () => {
    const { cutoff, users, lost, features } = describeExamples(examples);
    expect({ cutoff, users, lost }).toEqual({ cutoff: 17, users: 5, lost: 2 });
    expect(features.map(({ name, auc }) => [name, auc.value])).toEqual([
      ['clear', 1],
      ['weak', 1 / 3],
      ['constant', 0.5],
      ['absent', nan],
    ]);
  });

  test('correlate only features that vary', () => {
    const { names, matrix } = describeExamples(examples).correlations;
    expect(names).toEqual(['clear', 'weak']);
    // scipy.stats.spearmanr([1, 8, 9, 2, 3], [3, 4, 1, 2, 5])
    expect(matrix[0][1]).toBeCloseTo(-0.2, 14);
  });

  test('of equally many losses are of the latest cutoff', () => {
    const labels = Uint8Array.from([1, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(describeExamples({ ...examples, labels }).cutoff).toBe(17);
  });
});
