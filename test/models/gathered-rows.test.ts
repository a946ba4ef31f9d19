import { describe, expect, it } from 'vitest';
import { GatheredRows } from '../../src/models/gathered-rows.ts';
import { sampleExamples } from '../../src/models/sample-examples.ts';
import { binColumns } from '../../src/models/tree/bins.ts';
import { synthetic } from './synthetic.ts';

const examples = synthetic(60, 5);
const rows = Int32Array.from({ length: 50 }, (_, i) => i);
const sample = { trainRows: rows, maxExamples: 30, seed: 1, weighs: true };

describe('rows gathered for fits', () => {
  it('are those of the sample, and gathered once for fits on the same', () => {
    const known = new GatheredRows();
    const first = known.training(examples, sample);
    expect(first).toEqual(sampleExamples(examples, rows, 30, 1, true));
    expect(known.training(examples, { ...sample, trainRows: rows.slice() })).toBe(first);
  });

  it.each([
    ['rows', { ...sample, trainRows: rows.slice(1) }],
    ['as many other rows', { ...sample, trainRows: rows.map((row) => row + 1) }],
    ['a limit', { ...sample, maxExamples: 29 }],
    ['a seed', { ...sample, seed: 2 }],
    ['a learner that takes no weights', { ...sample, weighs: false }],
  ])('are gathered anew for other %s', (_, other) => {
    const known = new GatheredRows();
    known.training(examples, sample);
    const { trainRows, maxExamples, seed, weighs } = other;
    expect(known.training(examples, other)).toEqual(
      sampleExamples(examples, trainRows, maxExamples, seed, weighs),
    );
  });

  it('are binned once, as another matrix of the same columns is', () => {
    const { matrix } = new GatheredRows().training(examples, sample);
    const bins = binColumns(matrix);
    expect(binColumns(matrix)).toBe(bins);
    expect(binColumns({ ...matrix })).toEqual(bins);
  });

  it('are binned by some of them alone where a learner asks for that', () => {
    const { matrix } = new GatheredRows().training(examples, sample);
    binColumns(matrix);
    const some = Int32Array.from({ length: 20 }, (_, i) => i);
    expect(binColumns(matrix, some)).toEqual(binColumns({ ...matrix }, some));
  });

  it('to predict are gathered once, and anew for others', () => {
    const known = new GatheredRows();
    const first = known.predicted(examples.matrix, Int32Array.of(3, 4));
    expect(first.columns[0]).toEqual(
      Float64Array.of(examples.matrix.columns[0][3], examples.matrix.columns[0][4]),
    );
    expect(known.predicted(examples.matrix, Int32Array.of(3, 4))).toBe(first);
    expect(known.predicted(examples.matrix, Int32Array.of(4)).columns[0]).toEqual(
      Float64Array.of(examples.matrix.columns[0][4]),
    );
  });
});
