import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/errors.ts';
import type { BinnedColumns } from '../../../src/models/tree/bins.ts';
import { createGradients, type Gradients } from '../../../src/models/tree/gradients.ts';
import { fillHistogram, loadGradients, subtractHistogram } from '../../../src/models/tree/histogram.ts';
import { HistogramKernel } from '../../../src/models/tree/histogram-kernel.ts';
import { createLayOut, varyingFeatures } from '../../../src/models/tree/row-layout.ts';
import { createRandom } from '../../../src/random.ts';

/** Columns of bins, of which feature f has `binCounts[f]`. */
function binnedOf(bins: readonly Uint8Array[], binCounts: readonly number[]): BinnedColumns {
  const features = binCounts.map((binCount) => ({
    kind: 'number' as const,
    edges: new Float64Array(binCount - 2),
    binCount,
  }));
  return { rows: bins[0].length, bins, features };
}

/** Random bins of `features` features, with gradients that are integers as the learners make them. */
function randomCase(rows: number, features: number, seed: number) {
  const random = createRandom(seed);
  const counts = Array.from({ length: features }, () => random.integer(254) + 3);
  // Every other feature has a bin that most rows have.
  const common = counts.map((count, f) => (f % 2 === 0 ? random.integer(count) : -1));
  const bins = counts.map((count, f) =>
    Uint8Array.from({ length: rows }, () =>
      common[f] >= 0 && random.float() < 0.8 ? common[f] : random.integer(count),
    ),
  );
  const gradients = createGradients(rows, 1, 0.25);
  for (let i = 0; i < rows; i++) {
    gradients.g[i] = Math.round((random.float() * 2 - 1) * gradients.gradientScale);
    gradients.v[i] = gradients.countUnit + Math.round(random.float() * 0.25 * gradients.hessianScale);
  }
  return { binned: binnedOf(bins, counts), gradients };
}

function layOutRows(binned: BinnedColumns, rows: Int32Array, features: Int32Array) {
  return createLayOut(binned, { rows: rows.length, features: features.length })(rows, features);
}

function totals({ g, v }: Gradients, rows: Int32Array) {
  return { g: rows.reduce((sum, i) => sum + g[i], 0), v: rows.reduce((sum, i) => sum + v[i], 0) };
}

const cases = fc.record({
  rows: fc.integer({ min: 1, max: 300 }),
  features: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(),
});

/** The sums of id 0, which no bin has, and which nobody reads. */
const PADDING = 2;

const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('fillHistogram', () => {
  it('sums what a loop over rows sums, for any rows and features', () => {
    fc.assert(
      fc.property(cases, ({ rows, features, seed }) => {
        const { binned, gradients } = randomCase(rows, features, seed);
        const laidOut = all(features).filter((f) => f % 2 === 0 || features === 1);
        const layout = layOutRows(binned, all(rows), laidOut);
        loadGradients(layout, gradients);
        const order = all(rows).filter((i) => i % 3 !== 1);
        const histogram = new Float64Array(2 * layout.size).fill(7);
        fillHistogram(histogram, layout, order, 0, order.length, totals(gradients, order));
        for (const f of laidOut) {
          for (let bin = 0; bin < binned.features[f].binCount; bin++) {
            const rowsOfBin = Array.from(order).filter((i) => binned.bins[f][i] === bin);
            const at = 2 * (layout.base[f] + bin);
            expect(histogram[at]).toBe(rowsOfBin.reduce((sum, i) => sum + gradients.g[i], 0));
            expect(histogram[at + 1]).toBe(rowsOfBin.reduce((sum, i) => sum + gradients.v[i], 0));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same sums in any order of rows', () => {
    const { binned, gradients } = randomCase(500, 6, 1);
    const layout = layOutRows(binned, all(500), all(6));
    loadGradients(layout, gradients);
    const sum = (order: Int32Array) => {
      const histogram = new Float64Array(2 * layout.size);
      fillHistogram(histogram, layout, order, 0, order.length, totals(gradients, order));
      return histogram.subarray(PADDING);
    };
    expect(sum(createRandom(2).shuffle(all(500)))).toEqual(sum(all(500)));
  });

  it('less one child is exactly the other child', () => {
    const { binned, gradients } = randomCase(400, 5, 3);
    const layout = layOutRows(binned, all(400), all(5));
    loadGradients(layout, gradients);
    const fill = (start: number, end: number) => {
      const histogram = new Float64Array(2 * layout.size);
      const rows = all(400).subarray(start, end);
      fillHistogram(histogram, layout, all(400), start, end, totals(gradients, rows));
      return histogram;
    };
    const parent = fill(0, 400);
    subtractHistogram(parent, fill(0, 130), layout);
    expect(parent.subarray(PADDING)).toEqual(fill(130, 400).subarray(PADDING));
  });
});

describe('layOutRows', () => {
  it('holds the bins of the rows and features that are asked for, but for those that are common in the whole', () => {
    const binned = binnedOf([Uint8Array.of(1, 2, 0, 1), Uint8Array.of(3, 3, 1, 2)], [3, 4]);
    const layout = layOutRows(binned, Int32Array.of(1, 3), Int32Array.of(1));
    expect(layout.size).toBe(1 + 4);
    expect(Array.from(layout.omitted)).toEqual([1, 3]);
    expect(Array.from(layout.kernel.idsOf(1))).toEqual([0, 0, 0, 0]);
    expect(Array.from(layout.kernel.idsOf(3))).toEqual([3, 0, 0, 0]);
  });

  it('is overwritten by the next, which may be smaller', () => {
    const binned = binnedOf([Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8)], [9, 9]);
    const layOut = createLayOut(binned, { rows: 4, features: 2 });
    layOut(all(4), all(2));
    const { kernel, base } = layOut(Int32Array.of(2), Int32Array.of(1));
    expect(Array.from(kernel.idsOf(2))).toEqual([base[1] + 7, 0, 0, 0]);
  });

  it('takes more bins than 16 bits can number', () => {
    const features = 300;
    const bins = Array.from({ length: features }, () => Uint8Array.of(255, 1));
    const binned = binnedOf(bins, new Array<number>(features).fill(256));
    const layout = layOutRows(binned, all(2), all(features));
    expect(layout.size).toBeGreaterThan(65_536);
    expect(layout.kernel.idsOf(0)[features - 1]).toBe(layout.base[features - 1] + 255);
    const gradients = createGradients(2, 1, 0.25);
    gradients.g.set([5, 7]);
    loadGradients(layout, gradients);
    const histogram = new Float64Array(2 * layout.size);
    fillHistogram(histogram, layout, all(2), 0, 2, { g: 12, v: 0 });
    expect(histogram[2 * (layout.base[299] + 255)]).toBe(5);
    expect(histogram[2 * (layout.base[299] + 1)]).toBe(7);
  });

  it('avoids rows a multiple of 256 bytes apart', () => {
    const bins = Array.from({ length: 128 }, () => Uint8Array.of(1, 2, 3, 4));
    const binned = binnedOf(bins, new Array<number>(128).fill(5));
    const { kernel } = layOutRows(binned, all(4), all(128));
    expect(Array.from(all(4), (row) => kernel.idsOf(row).length)).toEqual([132, 132, 132, 132]);
  });
});

it('more rows than 32-bit addresses reach are refused', () => {
  const room = { rows: 30_000_000, features: 200, ids: 1, bins: 9 };
  expect(() => new HistogramKernel(room)).toThrow(EngineError);
});

describe('varyingFeatures', () => {
  it('are those with more than one bin in use', () => {
    const bins = [Uint8Array.of(1, 1), Uint8Array.of(0, 1), Uint8Array.of(0, 0), Uint8Array.of(1, 2)];
    const binned = binnedOf(bins, [3, 3, 3, 3]);
    expect(Array.from(varyingFeatures(binned, all(2)))).toEqual([1, 3]);
    expect(Array.from(varyingFeatures(binned, Int32Array.of(1)))).toEqual([]);
  });
});
