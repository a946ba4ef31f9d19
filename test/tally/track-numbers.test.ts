import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TrackNumbers } from '../../src/tally/track-numbers.ts';

/** Few codes, so that tracks come again, and the largest that a code can be. */
const code = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(2 ** 31 - 1));

test('tracks are numbered from 1 in the order in which they come, whatever their codes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(code, code), { maxLength: 1500, size: 'max' }), (pairs) => {
      const tracks = new TrackNumbers();
      const known = new Map<string, number>();
      for (const [creator, item] of pairs) {
        const key = `${creator} ${item}`;
        known.set(key, known.get(key) ?? known.size + 1);
        const track = tracks.of(creator, item);
        expect([track, tracks.creatorOf(track), tracks.itemOf(track)]).toEqual([
          known.get(key),
          creator,
          item,
        ]);
      }
      expect(tracks.size).toBe(known.size);
    }),
    { numRuns: 20, seed: 5 },
  );
});

test('tracks keep their numbers while the table of them grows', () => {
  const tracks = new TrackNumbers();
  const pairs = Array.from({ length: 3000 }, (_, i) => [i % 53, i] as const);
  expect(pairs.map(([creator, item]) => tracks.of(creator, item))).toEqual(pairs.map((_, i) => i + 1));
  expect(pairs.map(([creator, item]) => tracks.of(creator, item))).toEqual(pairs.map((_, i) => i + 1));
  expect([tracks.creatorOf(2714), tracks.itemOf(2714)]).toEqual([2713 % 53, 2713]);
});
