import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeParts } from '../../src/simulate/merge.ts';
import { localSource, workerSource } from '../../src/simulate/part-source.ts';
import type { SlicePart } from '../../src/simulate/partition.ts';
import { orderBySecond, RowBuffer } from '../../src/simulate/row-buffer.ts';
import { planSlices } from '../../src/simulate/slices.ts';

const START = Date.UTC(2018, 9, 1) / 1000;

describe('slices of time', () => {
  test('cover the log without a gap and never span midnight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 5 }), (users, days) => {
        const slices = planSlices({ seed: 1, start: START, end: START + days * 86_400, users });
        expect(slices[0].from).toBe(START);
        expect(slices.at(-1)?.to).toBe(START + days * 86_400);
        slices.forEach(({ from, to, day }, i) => {
          if (i > 0) expect(from).toBe(slices[i - 1].to);
          expect(to).toBeGreaterThan(from);
          expect(from).toBeGreaterThanOrEqual(day);
          expect(to).toBeLessThanOrEqual(day + 86_400);
        });
      }),
    );
  });
});

describe('the order of a slice', () => {
  test('is that of a stable sort by second', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (seconds) => {
        const rows = bufferOf(seconds);
        const { order, ends } = orderBySecond(rows, 10);
        const oracle = seconds.map((_, i) => i).sort((a, b) => seconds[a] - seconds[b]);
        expect([...order]).toEqual(oracle);
        expect(ends).toEqual(ends.map((_, s) => seconds.filter((second) => second <= s).length));
      }),
    );
  });

  test('grows its columns without losing a row', () => {
    const rows = bufferOf(Array.from({ length: 10_000 }, (_, i) => i % 60));
    expect(rows.count).toBe(10_000);
    expect(rows.second[9_999]).toBe(9_999 % 60);
    expect(rows.state[4_095]).toBe(4_095 % 250);
    expect(rows.song[0]).toBe(0);
  });
});

describe('merging parts', () => {
  test('puts second after second, and within one part after part', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
    const part = fc.array(line, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const merged = mergeParts(parts.map(partOf), new Uint8Array(5));
        const oracle = [0, 1, 2, 3].flatMap((second) => parts.map((seconds) => seconds[second])).join('');
        expect(Buffer.from(merged).toString()).toBe(oracle);
      }),
    );
  });
});

describe('a worker', () => {
  test('makes the same parts as this thread', async () => {
    const plan = { seed: 9, start: START, end: START + 2 * 86_400, users: 40 };
    const task = { plan, share: { first: 10, last: 40 } };
    const worker = workerSource(task);
    const local = localSource(task, async () => {});
    try {
      for (const slice of planSlices(plan)) {
        const [theirs, ours] = await Promise.all(
          [worker, local].map((source) => source.request(slice, new Uint8Array(0))),
        );
        expect(theirs.bytes.length).toBeGreaterThan(1000);
        expect(Buffer.from(theirs.bytes).equals(ours.bytes)).toBe(true);
        expect(theirs.ends).toEqual(ours.ends);
        expect(theirs.rows).toEqual(ours.rows);
        expect(theirs.newUsers).toBe(ours.newUsers);
      }
    } finally {
      await worker.close();
    }
  });

  test('that is stopped fails its request', async () => {
    const plan = { seed: 9, start: START, end: START + 86_400, users: 20_000 };
    const worker = workerSource({ plan, share: { first: 0, last: 20_000 } });
    const request = worker.request({ from: START, to: START + 60, day: START }, new Uint8Array(0));
    await Promise.all([
      expect(request).rejects.toThrow(/A simulation worker ended with code \d+ before its work/),
      worker.close(),
    ]);
  });
});

function bufferOf(seconds: readonly number[]): RowBuffer {
  const rows = new RowBuffer();
  seconds.forEach((second, i) => {
    rows.reserve();
    rows.second[rows.count] = second;
    rows.state[rows.count] = i % 250;
    rows.song[rows.count++] = i;
  });
  return rows;
}

function partOf(seconds: readonly string[]): SlicePart {
  const ends = new Uint32Array(seconds.length);
  seconds.reduce((end, text, i) => {
    ends[i] = end + text.length;
    return ends[i];
  }, 0);
  return {
    bytes: new Uint8Array(Buffer.from(seconds.join(''))),
    ends,
    rows: new Uint32Array(0),
    newUsers: 0,
  };
}
