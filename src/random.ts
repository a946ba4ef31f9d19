/** A seeded stream of random numbers; the same seed gives the same stream on every machine. */
export interface Random {
  /** A whole number in [0, 2^32). */
  readonly uint32: () => number;
  /** A multiple of 2^-53 in [0, 1). */
  readonly float: () => number;
  /** A whole number in [0, n), each equally likely. @throws RangeError unless n is a whole number in [1, 2^32]. */
  readonly integer: (n: number) => number;
  /** Draws `integer(counts.length)` so many times, and adds to `counts` how often each number came. */
  readonly count: (counts: Int32Array, draws: number) => void;
  /** Reorders in place, every order equally likely (Fisher–Yates), and returns its argument. */
  readonly shuffle: <A extends MutableSequence>(items: A) => A;
}

/** An array or a typed array. */
interface MutableSequence {
  readonly length: number;
  [index: number]: unknown;
}

/**
 * xoshiro128** 1.1 of Blackman and Vigna (https://prng.di.unimi.it/xoshiro128starstar.c); its state is filled
 * from the seed by a splitmix generator with the murmur3 finaliser, so that near seeds give unrelated streams.
 *
 * @param seed any safe integer.
 * @throws RangeError when the seed is not one.
 */
export function createRandom(seed: number): Random {
  const state = initialState(seed);

  const uint32 = (): number => nextBits(state) >>> 0;

  const float = (): number =>
    ((nextBits(state) >>> 5) * 0x4000000 + (nextBits(state) >>> 6)) / 0x20000000000000;

  const integer = (n: number): number => {
    if (!(Number.isInteger(n) && n >= 1 && n <= 0x100000000)) {
      throw new RangeError(`A random whole number below ${n} was asked for; the bound must be in [1, 2^32].`);
    }
    const mask = 0xffffffff >>> Math.clz32((n - 1) | 1);
    let draw = (nextBits(state) & mask) >>> 0;
    while (draw >= n) draw = (nextBits(state) & mask) >>> 0;
    return draw;
  };

  // nextBits and integer by hand, on locals: twice as fast as calls, which a bootstrap makes by the million.
  const count = (counts: Int32Array, draws: number): void => {
    const n = counts.length;
    if (n === 0 && draws > 0) throw new RangeError('There is nothing to draw from: counts is empty.');
    const mask = 0xffffffff >>> Math.clz32((n - 1) | 1);
    let [p, q, r, s] = state;
    for (let drawn = 0; drawn < draws; ) {
      const product = Math.imul(q, 5);
      const draw = (Math.imul((product << 7) | (product >>> 25), 9) & mask) >>> 0;
      const shifted = q << 9;
      r ^= p;
      s ^= q;
      q ^= r;
      p ^= s;
      r ^= shifted;
      s = (s << 11) | (s >>> 21);
      if (draw >= n) continue;
      counts[draw]++;
      drawn++;
    }
    state.set([p, q, r, s]);
  };

  const shuffle = <A extends MutableSequence>(items: A): A => {
    const sequence: MutableSequence = items;
    for (let i = sequence.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      const moved = sequence[i];
      sequence[i] = sequence[j];
      sequence[j] = moved;
    }
    return items;
  };

  return { uint32, float, integer, count, shuffle };
}

/** The next 32 bits, with a sign: without one V8 keeps half of such numbers on the heap. */
function nextBits(state: Int32Array): number {
  const b = state[1];
  const product = Math.imul(b, 5);
  const c = state[2] ^ state[0];
  const d = state[3] ^ b;
  state[1] = b ^ c;
  state[0] ^= d;
  state[2] = c ^ (b << 9);
  state[3] = (d << 11) | (d >>> 21);
  return Math.imul((product << 7) | (product >>> 25), 9);
}

/**
 * MurmurHash3 (x86, 32 bits) of the UTF-8 bytes of a text: a whole number in [0, 2^32).
 * Also derives seeds: `createRandom(hash32('bootstrap', seed))`.
 *
 * @param seed the lower 32 bits count.
 */
export function hash32(text: string, seed: number): number {
  const bytes = utf8.encode(text);
  const blocksEnd = bytes.length & ~3;
  let hash = seed | 0;
  for (let i = 0; i < blocksEnd; i += 4) {
    hash ^= scramble(bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= blocksEnd; i--) tail = (tail << 8) | bytes[i];
  return finalise(hash ^ scramble(tail) ^ bytes.length) >>> 0;
}

const utf8 = new TextEncoder();

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function finalise(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function initialState(seed: number): Int32Array {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`The seed is ${seed}; it must be a whole number between -(2^53 - 1) and 2^53 - 1.`);
  }
  const start = seed ^ finalise(Math.floor(seed / 0x100000000) | 0);
  const word = (step: number) => finalise((start + Math.imul(step, 0x9e3779b9)) | 0);
  return Int32Array.of(word(1), word(2), word(3), word(4));
}
