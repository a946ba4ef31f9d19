import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scatter, spread } from '../../src/simulate/scatter.ts';
import { exponential, normal, openStream, type Stream, uniform } from '../../src/simulate/stream.ts';
import { choose, weightedChoice } from '../../src/simulate/weighted-choice.ts';

/** sfc32 as PractRand states it, with unsigned words. */
function sfc32(stream: Stream): number {
  const tmp = ((stream.a >>> 0) + (stream.b >>> 0) + (stream.d >>> 0)) >>> 0;
  stream.d = (stream.d + 1) >>> 0;
  stream.a = (stream.b ^ (stream.b >>> 9)) >>> 0;
  stream.b = ((stream.c >>> 0) + ((stream.c << 3) >>> 0)) >>> 0;
  stream.c = ((((stream.c << 21) | (stream.c >>> 11)) >>> 0) + tmp) >>> 0;
  return tmp;
}

describe('a stream', () => {
  test('is sfc32', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const stream = openStream('test', seed);
        const reference = { a: stream.a >>> 0, b: stream.b >>> 0, c: stream.c >>> 0, d: stream.d >>> 0 };
        for (let i = 0; i < 50; i++) expect(uniform(stream) * 2 ** 32 - 0.5).toBe(sfc32(reference));
      }),
    );
  });

  test('differs by name and by seed, and not from run to run', () => {
    const first = (name: string, seed: number) => uniform(openStream(name, seed));
    expect(first('a', 1)).toBe(first('a', 1));
    expect(new Set([first('a', 1), first('b', 1), first('a', 2), first('a', 2 ** 40 + 1)]).size).toBe(4);
  });

  test('has the moments of its distributions', () => {
    const stream = openStream('moments', 1);
    const n = 200_000;
    const mean = (draw: () => number) => Array.from({ length: n }, draw).reduce((a, b) => a + b, 0) / n;
    expect(mean(() => uniform(stream))).toBeCloseTo(0.5, 2);
    expect(mean(() => exponential(stream, 90))).toBeCloseTo(90, -1);
    expect(mean(() => normal(stream))).toBeCloseTo(0, 1);
    expect(mean(() => normal(stream) ** 2)).toBeCloseTo(1, 1);
  });
});

describe('a weighted choice', () => {
  test('gives each index exactly its share of the weight', () => {
    const weight = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 60 }), (weights) => {
        const choice = weightedChoice(Float64Array.from(weights));
        const shares = new Float64Array(weights.length);
        for (let i = 0; i < weights.length; i++) {
          const keep = choice[2 * i] / 0xffffffff;
          shares[i] += keep / weights.length;
          shares[choice[2 * i + 1]] += (1 - keep) / weights.length;
        }
        const total = weights.reduce((a, b) => a + b, 0);
        weights.forEach((w, i) => {
          expect(shares[i]).toBeCloseTo(w / total, 8);
        });
      }),
    );
  });

  test('never chooses beyond its weights', () => {
    const choice = weightedChoice(Float64Array.of(1, 2, 3));
    const stream = openStream('choice', 1);
    const seen = new Set(Array.from({ length: 1000 }, () => choose(choice, stream)));
    expect([...seen].sort()).toEqual([0, 1, 2]);
  });
});

describe('what an index determines', () => {
  test('is spread evenly and differs by purpose', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => scatter(i, 1));
    expect(values.reduce((a, b) => a + b, 0) / values.length).toBeCloseTo(0.5, 1);
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(scatter(3, 1)).not.toBe(scatter(3, 2));
  });

  test('is spread one to one', () => {
    const values = Array.from({ length: 960 }, (_, i) => spread(i, 607, 960));
    expect(new Set(values).size).toBe(960);
  });
});
