import { scatter, spread } from './scatter.ts';
import { songLength } from './song-lengths.ts';
import type { Stream } from './stream.ts';
import { choose, weightedChoice } from './weighted-choice.ts';

/** The music of the fictional service: song 0 is the one most played. */
export interface Catalogue {
  /** Draws the next song to play. */
  readonly pick: (stream: Stream) => number;
  /** Length of each song, in units of 10 µs. */
  readonly lengths: Int32Array;
  /** Whole seconds each song plays; the longest plays for 3,024. */
  readonly seconds: Uint16Array;
}

export const SONGS = 257_000;
export const ARTISTS = 38_600;

/**
 * Builds the catalogue; it hangs on no seed, so every log is about the same music.
 *
 * The popularity is a Zipf law whose exponent grows from .5 among the hits to 1.75 in the tail, and the artists' one
 * a Zipf–Mandelbrot law: both fitted to the distinct songs and artists among the 228,108 plays of the mini log
 * (58,480 and 17,655) and the 20,850,272 of the full one (253,564 and 38,337).
 */
export function buildCatalogue(): Catalogue {
  const lengths = Int32Array.from({ length: SONGS }, (_, song) => songLength(lengthShare(song)));
  const choice = weightedChoice(Float64Array.from({ length: SONGS }, (_, song) => popularity(song)));
  return {
    pick: (stream) => choose(choice, stream),
    lengths,
    seconds: Uint16Array.from(lengths, (length) => Math.floor(length / 1e5)),
  };
}

/**
 * The artist of a song. Each has one of the least played songs, and so at least one; the others fall to artists by
 * their weight.
 */
export function artistOf(song: number): number {
  const fromEnd = SONGS - 1 - song;
  if (fromEnd < ARTISTS) return fromEnd;
  const low = 260 ** -0.2;
  const high = (ARTISTS + 260) ** -0.2;
  return Math.min(ARTISTS - 1, Math.floor((low + scatter(song, ARTIST) * (high - low)) ** -5 - 260));
}

const ARTIST = 2;

/** The longer songs are as popular as the shorter: each stretch of ranks has lengths of every kind. */
function lengthShare(song: number): number {
  return spread(song + LENGTH_SHIFT, LENGTH_STRIDE, SONGS) / (SONGS - 1);
}

/** The golden section of SONGS, without a factor in common; the shift makes the mean over plays that over songs. */
const LENGTH_STRIDE = 158_843;
const LENGTH_SHIFT = 100_000;

/** How often a song is played, in no unit. */
export function popularity(song: number): number {
  return (song + 1) ** -0.5 * (1 + song / 10_000) ** -1.25;
}
