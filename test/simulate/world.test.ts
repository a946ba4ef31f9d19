import { describe, expect, test } from 'vitest';
import { ARTISTS, artistOf, popularity, SONGS } from '../../src/simulate/catalogue.ts';
import { describePerson } from '../../src/simulate/people.ts';
import { PLACES, placeName } from '../../src/simulate/places.ts';
import { songLength } from '../../src/simulate/song-lengths.ts';
import { artistName, songTitle } from '../../src/simulate/songs.ts';
import { openStream } from '../../src/simulate/stream.ts';
import { USER_AGENTS } from '../../src/simulate/user-agents.ts';
import { catalogue } from './naive-log.ts';

const artists = Array.from({ length: ARTISTS }, (_, i) => artistName(i));
const titles = Array.from({ length: SONGS }, (_, i) => songTitle(i));

describe('the music', () => {
  test('has a name of its own for every artist and song', () => {
    expect(new Set(artists).size).toBe(ARTISTS);
    expect(new Set(titles).size).toBe(SONGS);
    expect(artists.filter((name) => /\b[ABC]s?\b/.test(name))).toEqual([]);
  });

  test('has a song for every artist', () => {
    const seen = new Set(Array.from({ length: SONGS }, (_, song) => artistOf(song)));
    expect(seen.size).toBe(ARTISTS);
    expect(Math.max(...seen)).toBe(ARTISTS - 1);
  });

  test('has names with quotes, backslashes, 4-byte characters and UTF-8 mistaken for Latin-1', () => {
    expect(titles).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^"/),
        expect.stringContaining('\\'),
        expect.stringContaining('𝄞'),
        expect.stringMatching(/Ã\u0083Â/),
      ]),
    );
    expect(artists).toEqual(expect.arrayContaining([expect.stringMatching(/Ã\u0083Â/)]));
  });

  test('has lengths of at most five decimals, as long on average as in the real log', () => {
    const shares = Array.from({ length: 100_000 }, (_, i) => (i + 0.5) / 100_000);
    const lengths = shares.map((share) => songLength(share) / 1e5);
    const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length;
    const variance = lengths.reduce((a, b) => a + (b - mean) ** 2, 0) / lengths.length;
    expect(mean).toBeCloseTo(248.7, 0);
    expect(Math.sqrt(variance)).toBeGreaterThan(94);
    expect(Math.sqrt(variance)).toBeLessThan(105);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(songLength(0)).toBe(52_245);
    expect(songLength(1)).toBe(302_466_567);
    for (const length of lengths) expect(String(length)).toMatch(/^\d+(\.\d{1,5})?$/);
  });

  test('has songs as long on average over plays as in the full log, hits and rarities alike', () => {
    const { lengths } = catalogue;
    const meanOf = (from: number, to: number) => {
      let [plays, seconds] = [0, 0];
      for (let song = from; song < to; song++) {
        plays += popularity(song);
        seconds += (popularity(song) * lengths[song]) / 1e5;
      }
      return seconds / plays;
    };
    expect(meanOf(0, SONGS)).toBeCloseTo(248.73, 1);
    expect(Math.abs(meanOf(0, 1000) - 248.73)).toBeLessThan(3);
    expect(Math.abs(meanOf(100_000, SONGS) - 248.73)).toBeLessThan(1);
  });

  test('is played by a Zipf law: the first song some 4 in 1000 times', () => {
    const stream = openStream('plays', 1);
    const plays = new Map<number, number>();
    for (let i = 0; i < 228_108; i++) {
      const song = catalogue.pick(stream);
      plays.set(song, (plays.get(song) ?? 0) + 1);
    }
    expect((plays.get(0) ?? 0) / 228_108).toBeCloseTo(0.0044, 3);
    const distinct = plays.size / 58_480;
    expect(distinct).toBeGreaterThan(0.95);
    expect(distinct).toBeLessThan(1.05);
    const heard = new Set([...plays.keys()].map(artistOf)).size / 17_655;
    expect(heard).toBeGreaterThan(0.95);
    expect(heard).toBeLessThan(1.05);
  });
});

describe('the people', () => {
  const people = Array.from({ length: 5000 }, (_, account) => describePerson(1, account));

  test('are described alike every time, and otherwise for another seed', () => {
    expect(describePerson(1, 7)).toEqual(people[7]);
    expect(describePerson(2, 7)).not.toEqual(people[7]);
  });

  test('live in places like "City-City, ST-ST", all of them different', () => {
    const places = Array.from({ length: PLACES }, (_, place) => placeName(place));
    expect(new Set(places).size).toBe(PLACES);
    const city = '[A-Z][a-z]+( [A-Z][a-z]+)?';
    const form = new RegExp(`^${city}(-${city}){0,2}, [A-Z]{2}(-[A-Z]{2}){0,2}$`);
    for (const place of places) expect(place).toMatch(form);
    expect(places.some((place) => /-.*, ..-../.test(place))).toBe(true);
  });

  test('use 85 browsers, Chrome and Safari in double quotes', () => {
    expect(new Set(USER_AGENTS).size).toBe(85);
    for (const agent of USER_AGENTS) expect(agent.startsWith('"')).toBe(/Chrome|Safari/.test(agent));
  });

  test('are women and men as in the full log', () => {
    const women = people.filter(({ gender }) => gender === 'F').length;
    expect(women / people.length).toBeCloseTo(0.477, 1);
    expect(new Set(people.map(({ gender }) => gender))).toEqual(new Set(['F', 'M']));
  });
});
