import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/errors.ts';
import { sigmoid } from '../../../src/models/exponential.ts';
import type { BinnedColumns } from '../../../src/models/tree/bins.ts';
import { BoostingKernel, FOUND } from '../../../src/models/tree/boosting-kernel.ts';
import { gradientScales } from '../../../src/models/tree/gradients.ts';
import { createLayouts, type RowLayout, varyingFeatures } from '../../../src/models/tree/row-layout.ts';
import { SplitSearch } from '../../../src/models/tree/split.ts';
import { createRandom } from '../../../src/random.ts';
import { partition } from './partition.ts';
import { scanFeature } from './scan-feature.ts';

const category = { minRows: 1, minGroupRows: 1, maxLevels: 255, smoothing: 0, l2: 0 };

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
  const scales = gradientScales(rows, 1, 0.25);
  const g = Float64Array.from({ length: rows }, () =>
    Math.round((random.float() * 2 - 1) * scales.gradientScale),
  );
  const v = Float64Array.from(
    { length: rows },
    () => scales.countUnit + Math.round(random.float() * 0.25 * scales.hessianScale),
  );
  return { binned: binnedOf(bins, counts), gradients: { g, v }, scales };
}

interface Gradients {
  readonly g: Float64Array;
  readonly v: Float64Array;
}

/** Room for two histograms. */
function layOutRows(binned: BinnedColumns, rows: Int32Array, features: Int32Array) {
  const most = { rows: rows.length, features: features.length, histograms: 2 };
  return createLayouts(binned, most).layOut(rows, features);
}

function load({ gradients }: BoostingKernel, { g, v }: Gradients) {
  gradients.set(Array.from(g).flatMap((own, row) => [own, v[row]]));
}

function totals({ g, v }: Gradients, rows: Int32Array) {
  return { g: rows.reduce((sum, i) => sum + g[i], 0), v: rows.reduce((sum, i) => sum + v[i], 0) };
}

const cases = fc.record({
  rows: fc.integer({ min: 1, max: 300 }),
  features: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(),
});

/** To an integer; halves to the even one. */
function roundToEven(x: number): number {
  const round = 1.5 * 2 ** 52;
  return x + round - round;
}

const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

/** The sums by bin of a feature over some rows, by a plain loop. */
function naiveHistogram(
  { bins, features }: BinnedColumns,
  { g, v }: Gradients,
  rows: Int32Array,
  f: number,
): Float64Array {
  const sums = new Float64Array(2 * features[f].binCount);
  for (const row of rows) {
    sums[2 * bins[f][row]] += g[row];
    sums[2 * bins[f][row] + 1] += v[row];
  }
  return sums;
}

function histogramOf({ kernel, base }: RowLayout, slot: number, f: number, { features }: BinnedColumns) {
  return kernel.histogram(slot).slice(2 * base[f], 2 * (base[f] + features[f].binCount));
}

describe('differentiate', () => {
  it('takes the derivatives of the weighted log loss that a loop takes, bit for bit', () => {
    const row = fc.record({
      logOdds: fc.oneof(
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.constantFrom(0, -0, 708, 708.5, 709.5, -708, -708.5, -709.5, 1e300, -1e300),
      ),
      weight: fc.double({ min: 0, max: 3, noNaN: true }),
      label: fc.constantFrom(0, 1),
      isTaken: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (cells) => {
        const n = cells.length;
        const kernel = new BoostingKernel({ rows: n, features: 1, ids: 1, bins: 3, histograms: 1 });
        const scales = gradientScales(n, 3, 0.75);
        kernel.prepare(scales, { minSamplesLeaf: 1, minHessian: 1, l2: 0, ...scales, category });
        kernel.logOdds.set(cells.map(({ logOdds }) => logOdds));
        kernel.weights.set(cells.map(({ weight }) => weight));
        kernel.labels.set(cells.map(({ label }) => label));
        const taken = all(n).filter((i) => cells[i].isTaken);
        kernel.order.set(taken);
        const sums = { g: 0, v: 0 };
        const hessians = { unrounded: 0 };
        const found = kernel.differentiate(taken.length);
        for (const i of taken) {
          const { logOdds, weight, label } = cells[i];
          const p = sigmoid(logOdds);
          const hessian = weight * p * (1 - p);
          const g = roundToEven(weight * (p - label) * scales.gradientScale);
          const v = scales.countUnit + roundToEven(hessian * scales.hessianScale);
          expect([...kernel.gradients.subarray(2 * i, 2 * i + 2)]).toEqual([g, v]);
          sums.g += g;
          sums.v += v;
          hessians.unrounded += hessian;
        }
        expect(found).toEqual(sums);
        expect(kernel.sumHessians(0, taken.length)).toBe(hessians.unrounded);
      }),
      { numRuns: 100 },
    );
  });
});

describe('addToLogOdds', () => {
  it('adds to the rows of a stretch of the order alone', () => {
    const kernel = new BoostingKernel({ rows: 4, features: 1, ids: 1, bins: 3, histograms: 1 });
    kernel.logOdds.set([1, 2, 3, 4]);
    kernel.order.set([3, 0, 2, 1]);
    kernel.addToLogOdds(1, 3, 0.5);
    expect(Array.from(kernel.logOdds)).toEqual([1.5, 2, 3.5, 4]);
  });
});

describe('part', () => {
  it('parts a stretch of rows as partition does, by bin and by set', () => {
    const bins = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 60 });
    const test = fc.record({
      bin: fc.integer({ min: 1, max: 255 }),
      isLeft: fc.option(fc.uint8Array({ minLength: 256, maxLength: 256, max: 1 }), { nil: undefined }),
      missingLeft: fc.boolean(),
    });
    fc.assert(
      fc.property(bins, fc.array(test, { minLength: 1, maxLength: 3 }), (values, tests) => {
        const n = values.length;
        const kernel = new BoostingKernel({ rows: n, features: 2, ids: 1, bins: 3, histograms: 1 });
        kernel.columns[1].set(values);
        for (const { isLeft, ...own } of tests) {
          kernel.order.set(all(n).toReversed());
          const expected = all(n).toReversed();
          const bin = isLeft ? 0 : own.bin;
          const missingLeft = isLeft ? isLeft[0] === 1 : own.missingLeft;
          const both = { feature: 1, bin, isLeft, missingLeft };
          const middle = partition(expected, 1, n, Uint8Array.from(values), both);
          expect(kernel.part(1, n, both)).toBe(middle);
          expect(kernel.order).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a node that is opened', () => {
  it('has the sums of a loop over its rows, and leaves its sibling those of all others', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ rows, features, seed }, share) => {
        const { binned, gradients } = randomCase(rows, features, seed);
        const laidOut = all(features).filter((f) => f % 2 === 0 || features === 1);
        const layout = layOutRows(binned, all(rows), laidOut);
        const { kernel, size } = layout;
        load(kernel, gradients);
        const order = createRandom(seed).shuffle(all(rows));
        kernel.order.set(order);
        const cut = Math.floor(share * rows);
        const [one, other] = [order.slice(0, cut), order.slice(cut)];
        const bar = Number.POSITIVE_INFINITY;
        kernel.sum(0, 0, rows, size);
        kernel.open(laidOut.length, { slot: 0, bar, ...totals(gradients, order) });
        for (const f of laidOut)
          expect(histogramOf(layout, 0, f, binned)).toEqual(naiveHistogram(binned, gradients, order, f));
        kernel.sum(1, 0, cut, size);
        kernel.open(
          laidOut.length,
          { slot: 1, bar, ...totals(gradients, one) },
          { slot: 0, bar, ...totals(gradients, other) },
        );
        for (const f of laidOut) {
          expect(histogramOf(layout, 1, f, binned)).toEqual(naiveHistogram(binned, gradients, one, f));
          expect(histogramOf(layout, 0, f, binned)).toEqual(naiveHistogram(binned, gradients, other, f));
        }
      }),
      { numRuns: 40 },
    );
  });

  const rules = fc.record({
    minSamplesLeaf: fc.integer({ min: 1, max: 30 }),
    minHessian: fc.integer({ min: 1, max: 2 ** 44 }),
    l2: fc.integer({ min: 0, max: 2 ** 44 }),
  });

  it('has of each feature the split that scanFeature finds, as has its sibling', () => {
    fc.assert(
      fc.property(cases, rules, ({ rows, features, seed }, own) => {
        const { binned, gradients, scales } = randomCase(rows, features, seed);
        const rule = { ...own, countUnit: scales.countUnit, category };
        const { kernel, size } = layOutRows(binned, all(rows), all(features));
        load(kernel, gradients);
        kernel.prepare(scales, rule);
        const cut = Math.ceil(rows / 3);
        const nodes = [all(rows).subarray(0, cut), all(rows).subarray(cut)];
        const [one, other] = nodes.map((those) => totals(gradients, those));
        kernel.sum(0, 0, rows, size);
        kernel.open(features, { slot: 0, bar: Number.POSITIVE_INFINITY, ...totals(gradients, all(rows)) });
        kernel.sum(1, 0, cut, size);
        kernel.open(features, { slot: 1, bar: -1, ...one }, { slot: 0, bar: 1e3, ...other });
        nodes.forEach((those, place) => {
          for (let f = 0; f < features; f++) {
            const expected = new SplitSearch(place === 0 ? -1 : 1e3, 1);
            const histogram = naiveHistogram(binned, gradients, those, f);
            const last = binned.features[f].binCount - 1;
            scanFeature(expected, rule, totals(gradients, those), histogram, 0, 1, last, f);
            const at = (place * features + f) * FOUND;
            const [isFound, ...found] = kernel.found.slice(at, at + FOUND);
            expect(isFound).toBe(expected.feature < 0 ? 0 : 1);
            const { numerator, denominator, bin, missingLeft, leftG, leftV } = expected;
            if (isFound)
              expect(found).toEqual([numerator, denominator, bin, missingLeft ? 1 : 0, leftG, leftV]);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('has no split where none is looked for, though one was found before', () => {
    const { binned, gradients, scales } = randomCase(200, 3, 8);
    const { kernel, size } = layOutRows(binned, all(200), all(3));
    load(kernel, gradients);
    const rule = { minSamplesLeaf: 1, minHessian: 1, l2: 0, countUnit: scales.countUnit, category };
    kernel.prepare(scales, rule);
    const root = { slot: 0, ...totals(gradients, all(200)) };
    const found = (bar: number) => {
      kernel.sum(0, 0, 200, size);
      kernel.open(3, { ...root, bar });
      return [0, 1, 2].map((k) => kernel.found[k * FOUND]);
    };
    expect(found(-1)).toEqual([1, 1, 1]);
    expect(found(Number.POSITIVE_INFINITY)).toEqual([0, 0, 0]);
  });
});

describe('layOut', () => {
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
    const { layOut } = createLayouts(binned, { rows: 4, features: 2, histograms: 1 });
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
    load(layout.kernel, { g: Float64Array.of(5, 7), v: new Float64Array(2) });
    layout.kernel.sum(0, 0, 2, layout.size);
    layout.kernel.open(features, { slot: 0, g: 12, v: 0, bar: Number.POSITIVE_INFINITY });
    const histogram = layout.kernel.histogram(0);
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
  const room = { rows: 30_000_000, features: 200, ids: 1, bins: 9, histograms: 1 };
  expect(() => new BoostingKernel(room)).toThrow(EngineError);
});

describe('varyingFeatures', () => {
  it('are those with more than one bin in use', () => {
    const bins = [Uint8Array.of(1, 1), Uint8Array.of(0, 1), Uint8Array.of(0, 0), Uint8Array.of(1, 2)];
    const binned = binnedOf(bins, [3, 3, 3, 3]);
    expect(Array.from(varyingFeatures(binned, all(2)))).toEqual([1, 3]);
    expect(Array.from(varyingFeatures(binned, Int32Array.of(1)))).toEqual([]);
  });
});
