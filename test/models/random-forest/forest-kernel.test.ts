import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../../src/models/random-forest/feature-histograms.ts';
import { BETTER, CONSTANT, ForestKernel } from '../../../src/models/random-forest/forest-kernel.ts';
import type { BinnedColumns } from '../../../src/models/tree/bins.ts';
import { SplitSearch } from '../../../src/models/tree/split.ts';
import { partition } from '../tree/partition.ts';
import { scanFeature } from '../tree/scan-feature.ts';

const countUnit = 2 ** 20;
const rule = {
  ...{ minHessian: 1, l2: 0, countUnit },
  category: { minRows: 1, minGroupRows: 1, maxLevels: 255, smoothing: 0, l2: 0 },
};

interface Drawn {
  readonly binCounts: readonly number[];
  readonly bins: readonly Uint8Array[];
  readonly draws: readonly number[];
  readonly labels: readonly number[];
}

/** Up to four features of up to 256 bins, some of them nearly empty, and rows that were drawn up to three times. */
const anyDraws: fc.Arbitrary<Drawn> = fc
  .record({
    rows: fc.integer({ min: 1, max: 60 }),
    binCounts: fc.array(fc.oneof(fc.integer({ min: 2, max: 256 }), fc.constant(256)), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .chain(({ rows, binCounts }) => {
    const column = (binCount: number) =>
      fc
        .tuple(fc.oneof(fc.constant(0), fc.nat(binCount - 1)), fc.nat(binCount - 1))
        .chain(([a, b]) =>
          fc.array(fc.integer({ min: Math.min(a, b), max: Math.max(a, b) }), {
            minLength: rows,
            maxLength: rows,
          }),
        )
        .map((bins) => Uint8Array.from(bins));
    return fc.record({
      binCounts: fc.constant(binCounts),
      bins: fc.tuple(...binCounts.map(column)),
      draws: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: rows, maxLength: rows }),
      labels: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }),
    });
  });

function binnedOf({ binCounts, bins }: Drawn): BinnedColumns {
  return {
    rows: bins[0].length,
    bins,
    features: binCounts.map((binCount) => ({ kind: 'number', edges: new Float64Array(0), binCount })),
  };
}

/** A kernel whose only node has every row. */
function planted(drawn: Drawn, minSamplesLeaf: number) {
  const kernel = new ForestKernel(binnedOf(drawn), minSamplesLeaf);
  const { draws, labels } = drawn;
  draws.forEach((count, row) => {
    kernel.order[row] = row;
    kernel.draws[2 * row] = count * labels[row];
    kernel.draws[2 * row + 1] = count;
  });
  const all = draws.reduce((sum, count) => sum + count, 0);
  const lost = draws.reduce((sum, count, row) => sum + count * labels[row], 0);
  kernel.setNode(all, lost);
  kernel.sum(Int32Array.from(drawn.bins.keys()), 0, draws.length);
  return { kernel, node: { g: lost, v: all * (countUnit + 1) } };
}

/** Lost draws and draws by bin, added one row after the other. */
function histogramOf({ draws, labels, binCounts, bins }: Drawn, feature: number): Float64Array {
  const histogram = new Float64Array(2 * binCounts[feature]);
  bins[feature].forEach((bin, row) => {
    histogram[2 * bin] += draws[row] * labels[row];
    histogram[2 * bin + 1] += draws[row] * (countUnit + 1);
  });
  return histogram;
}

describe('the kernel of forests', () => {
  it('sums the draws of every bin', () => {
    fc.assert(
      fc.property(anyDraws, (drawn) => {
        const { kernel } = planted(drawn, 1);
        drawn.binCounts.forEach((binCount, f) => {
          const expected = histogramOf(drawn, f);
          const histogram = new Float64Array(2 * binCount);
          const filled = unpack(kernel.histograms, f, binCount, countUnit, histogram);
          expect(histogram.every((sum, at) => sum === expected[at])).toBe(true);
          expect(filled).toBe(new Set(drawn.bins[f]).size);
        });
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    [1, 511],
    [1, 512],
    [2, 513],
    [3, 512],
    [4, 515],
  ])(
    'sums those of %i features in %i rows, of which every other one is added up elsewhere',
    (features, rows) => {
      const places = Array.from({ length: rows }, (_, row) => row);
      const drawn = {
        binCounts: new Array<number>(features).fill(256),
        bins: Array.from({ length: features }, (_, f) =>
          Uint8Array.from(places, (row) => (row % 3 === 0 ? (row * (f + 1)) % 256 : f)),
        ),
        draws: places.map((row) => 1 + (row % 3)),
        labels: places.map((row) => (row % 7 === 0 ? 1 : 0)),
      };
      const { kernel } = planted(drawn, 1);
      for (let f = 0; f < features; f++) {
        const histogram = new Float64Array(512);
        unpack(kernel.histograms, f, 256, countUnit, histogram);
        expect(histogram).toEqual(histogramOf(drawn, f));
      }
    },
  );

  it('finds the split that scanning bin after bin finds, feature after feature', () => {
    fc.assert(
      fc.property(anyDraws, fc.integer({ min: 1, max: 6 }), (drawn, minSamplesLeaf) => {
        const { kernel, node } = planted(drawn, minSamplesLeaf);
        const search = new SplitSearch(-1, 1);
        drawn.binCounts.forEach((binCount, f) => {
          const { numerator, denominator } = search;
          const scanned = kernel.scan(f, binCount, numerator, denominator);
          const histogram = histogramOf(drawn, f);
          const varies = new Set(drawn.bins[f]).size > 1;
          expect(scanned === CONSTANT).toBe(!varies);
          search.feature = -1;
          if (varies)
            scanFeature(search, { ...rule, minSamplesLeaf }, node, histogram, 0, 1, binCount - 1, f);
          expect(scanned === BETTER).toBe(search.feature === f);
          if (scanned !== BETTER) return;
          const { bin, missingLeft, leftG, leftV } = search;
          const draws = leftV / (countUnit + 1);
          const score = [search.numerator, search.denominator];
          expect([...kernel.found]).toEqual([...score, bin, missingLeft ? 1 : 0, leftG, draws]);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('reads no bin of the next feature where the last ones are empty', () => {
    const { kernel } = planted(
      {
        binCounts: [256, 2],
        bins: [Uint8Array.of(0, 0, 6, 6, 6, 6, 7, 7, 7, 7), Uint8Array.of(0, 1, 0, 0, 1, 1, 0, 0, 1, 1)],
        draws: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        labels: [1, 0, 1, 1, 0, 0, 1, 1, 0, 0],
      },
      1,
    );
    expect(kernel.scan(0, 256, -1, 1)).toBe(BETTER);
    expect([...kernel.found]).toEqual([60, 24, 6, 0, 2, 4]);
  });

  it('parts rows as the loop does', () => {
    fc.assert(
      fc.property(anyDraws, fc.nat(255), fc.boolean(), fc.boolean(), (drawn, bin, missingLeft, isSet) => {
        const { kernel } = planted(drawn, 1);
        const isLeft = isSet ? Uint8Array.from({ length: 256 }, (_, b) => (b * 7 + bin) & 1) : undefined;
        const test = { feature: drawn.bins.length - 1, bin: Math.max(1, bin), isLeft, missingLeft };
        const order = Int32Array.from(drawn.draws.keys());
        const middle = partition(order, 0, order.length, drawn.bins[test.feature], test);
        expect(kernel.part(0, order.length, test)).toBe(middle);
        expect(kernel.order).toEqual(order);
      }),
      { numRuns: 60 },
    );
  });

  it('names rows and features where they do not fit into memory', () => {
    const tall = { rows: 2 ** 30, bins: new Array(8).fill(new Uint8Array(0)), features: [] };
    expect(() => new ForestKernel(tall, 1)).toThrow(
      'A forest on 1073741824 rows × 8 features does not fit into memory, of which it can use 4 GB: learn from fewer rows.',
    );
  });
});
