import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { roleCount } from '../../src/ledger/columns.ts';
import { createRandom } from '../../src/random.ts';
import { noParts, partColumns } from '../../src/tally/part-rows.ts';
import { SliceTallier } from '../../src/tally/slice.ts';
import { slotsOf } from '../../src/tally/slots.ts';
import { readNumbers } from '../../src/tally/spill.ts';
import { inFolder } from '../ingest/ingested.ts';
import { addTo, naiveTally, type PlainTally, rowsOf } from './naive-tally.ts';
import { randomLog } from './random-log.ts';

const roles = Object.keys(sparkify.roles);
const none = noParts(roles);

/** What `SliceTallier` makes of a log, with its codes as the texts that they stand for. */
function tallied(text: Buffer, definition: Definition, folder: string, size: number): PlainTally {
  const path = join(folder, 'log.json');
  const spillPath = join(folder, 'spill');
  writeFileSync(path, text);
  const slots = slotsOf(definition) ?? [];
  const tallier = new SliceTallier(definition, slots);
  const sums = { lines: 0, blank: 0, accepted: 0, anonymous: 0 };
  const lists = { bad: [] as string[], plays: [] as string[], losses: [] as string[] };
  const maps = { parts: new Map(), hours: new Map(), kinds: new Map() };
  const texts = slots.map((): (string | null)[] => [null]);
  const [kinds, profiles, tracks]: (string | number | null)[][][] = [[], [], [[]]];
  const told = (name: string, code: number) =>
    texts[slots.findIndex((slot) => slot.names.includes(name))][code];
  for (let start = 0; start < text.length; start += size) {
    const end = Math.min(start + size, text.length);
    const slice = tallier.tally({ path, start, end, bytes: text.length, spillPath, partitions: 2 });
    for (const [slot, added] of slice.texts.entries()) texts[slot].push(...added);
    kinds.push(...slice.kinds.map((kind) => [...kind]));
    profiles.push(
      ...slice.profiles.map(([registered, gender, location, agent]) => [
        Number.isNaN(registered) ? null : registered,
        told('gender', gender),
        told('location', location),
        told('agent', agent),
      ]),
    );
    for (let i = 0; i < slice.tracks.length; i += 2) {
      tracks.push([told('creator', slice.tracks[i]), told('item', slice.tracks[i + 1])]);
    }
    lists.bad.push(...slice.bad.map(({ line, reason }) => `${sums.lines + line} ${reason}`));
    for (const name of ['lines', 'blank', 'accepted', 'anonymous'] as const) sums[name] += slice[name];
    slice.kindRows.forEach((rows, i) => {
      if (rows > 0) addTo(maps.kinds, kinds[i >> 1], i % 2 === 0 ? [rows, 0] : [0, rows]);
    });
    slice.hours.forEach((hour, i) => {
      addTo(maps.hours, [hour], [...slice.hourCounts.subarray(3 * i, 3 * i + 3)]);
    });
    for (let i = 0; i < slice.losses.length; i += 2) {
      lists.losses.push(JSON.stringify([told('user', slice.losses[i]), slice.losses[i + 1]]));
    }
    for (const plays of slice.plays.map(readNumbers)) {
      for (let i = 0; i < plays.length; i += 3) {
        lists.plays.push(JSON.stringify([told('user', plays[i]), ...tracks[plays[i + 1]], plays[i + 2]]));
      }
    }
    const parts = partColumns(slice.parts, none);
    for (let i = 0; i < parts.user.length; i++) {
      const of = (name: string) => parts[name][i];
      const key = [
        told('user', of('user')),
        told('session', of('session')),
        of('day'),
        told('plan', of('plan')),
      ];
      const counts = roles.map((role) => of(roleCount(role)));
      addTo(maps.parts, [...key, ...profiles[of('profile')]], [of('events'), of('duration'), ...counts]);
    }
    const hashes = slice.hashes.map(readNumbers);
    expect(hashes.reduce((sum, { length }) => sum + length / 2, 0)).toBe(slice.accepted + slice.anonymous);
    // Of two partitions, the highest bit tells which one a row is in.
    for (const [p, own] of hashes.entries()) {
      expect(own.every((half, i) => i % 2 === 1 || half >>> 31 === p)).toBe(true);
    }
  }
  return {
    ...sums,
    bad: lists.bad,
    plays: lists.plays.sort(),
    losses: lists.losses.sort(),
    parts: rowsOf(maps.parts),
    hours: rowsOf(maps.hours),
    kinds: rowsOf(maps.kinds),
  };
}

test('rows of more kinds than are looked for at once, in two orders of keys, are told apart where one’s bytes begin another’s', async () => {
  const random = createRandom(2);
  const anyOf = (values: readonly string[]) => values[random.integer(values.length)];
  const lines = Array.from({ length: 800 }, (_, i) => {
    const start = `{"ts":${1538352000000 + i * 1000},"userId":"${i % 7}","sessionId":${i % 11}`;
    const action = `"page":"${anyOf(['NextSong', 'Home', 'Help', 'Cancellation Confirmation', ''])}"`;
    const status = `"status":${anyOf(['2', '20', '200', '"200"', 'null', '2e2', '20x'])}`;
    const auth = `"auth":"${anyOf(['Logged In', 'Guest'])}","level":${anyOf(['"paid"', '"free"', 'null'])}`;
    const kind = i % 2 === 0 ? [action, auth, status] : [status, auth, action];
    return `${start},${kind.join(',')},"method":"PUT"${anyOf(['', ',"itemInSession":3'])}}\n`;
  });
  const text = Buffer.from(lines.join(''));
  const naive = naiveTally(text, sparkify);
  await inFolder(async (folder) => {
    expect(tallied(text, sparkify, folder, 20_000)).toEqual(naive);
  });
  expect(naive.kinds.length).toBeGreaterThan(60);
  expect(naive.bad.length).toBeGreaterThan(100);
});

describe('slices of a log, cut anywhere, come down to what the judge reads line by line', () => {
  test.each([
    ['of the built-in definition', sparkify],
    ['whose dimensions go by the user', { ...sparkify, dimensions: ['gender', 'location', 'song'] }],
    [
      'whose anonymous rows are told by the user’s place',
      { ...sparkify, anonymous: [{ column: 'location', in: ['There, CA'] }] },
    ],
  ])('in any order of keys that changes in the middle, with any values: a log %s', async (_, definition) => {
    const seen = { accepted: 0, anonymous: 0, bad: 0, plays: 0, losses: 0 };
    await inFolder(async (folder) => {
      fc.assert(
        fc.property(randomLog, fc.integer({ min: 100, max: 4000 }), (text, size) => {
          const naive = naiveTally(text, definition);
          expect(tallied(text, definition, folder, size)).toEqual(naive);
          seen.accepted += naive.accepted;
          seen.anonymous += naive.anonymous;
          for (const name of ['bad', 'plays', 'losses'] as const) seen[name] += naive[name].length;
        }),
        { numRuns: 25, seed: 7 },
      );
    });
    // The property is of worth only where all of these were met.
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(25);
  });
});
