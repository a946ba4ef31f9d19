import { column, counts, keys, sorted, tallies } from './memory.ts';

/** Bytes of a tally. */
const TALLY: usize = 256 * 4;

const SIGN: u64 = 1 << 63;

/**
 * Puts the distinct values among the first `count` of `column` in their place, ascending, and in `counts` how many there were of each;
 * missing ones are left out, and zeros, often most, are not sorted. A radix sort by bytes, from the last to the first.
 * @returns how many are distinct.
 */
export function countDistinct(count: u32): u32 {
  memory.fill(tallies, 0, 8 * TALLY);
  let others: u32 = 0;
  let zeros: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    const x = load<f64>(column + (i << 3));
    if (x === 0) zeros++;
    else if (!Number.isNaN(x)) tally(keyOf(x), others++);
  }
  return merge(sort(others), others, zeros);
}

/** A number without sign that is the larger, the larger x is. */
function keyOf(x: f64): u64 {
  const bits = reinterpret<u64>(x);
  return bits & SIGN ? ~bits : bits | SIGN;
}

function numberOf(key: u64): f64 {
  return reinterpret<f64>(key & SIGN ? key & ~SIGN : ~key);
}

function tally(key: u64, place: u32): void {
  store<u64>(keys + ((<usize>place) << 3), key);
  let at = tallies;
  for (let byte: u64 = 0; byte < 64; byte += 8, at += TALLY) {
    const own = at + ((<usize>(key >> byte) & 255) << 2);
    store<u32>(own, load<u32>(own) + 1);
  }
}

/** Sorts the keys. @returns where they stand then. */
function sort(count: u32): usize {
  let from = keys;
  let to = sorted;
  for (let byte: u64 = 0; byte < 64; byte += 8) {
    const starts = tallies + (<usize>byte >> 3) * TALLY;
    if (count > 0 && load<u32>(starts + ((<usize>(load<u64>(from) >> byte) & 255) << 2)) === count) continue;
    sumUp(starts);
    for (let at = from, end = from + ((<usize>count) << 3); at < end; at += 8) {
      const key = load<u64>(at);
      const own = starts + ((<usize>(key >> byte) & 255) << 2);
      const place = load<u32>(own);
      store<u32>(own, place + 1);
      store<u64>(to + ((<usize>place) << 3), key);
    }
    const before = from;
    from = to;
    to = before;
  }
  return from;
}

/** In place of how many there are of each byte, how many of those before it. */
function sumUp(starts: usize): void {
  let sum: u32 = 0;
  for (let at = starts; at < starts + TALLY; at += 4) {
    const own = load<u32>(at);
    store<u32>(at, sum);
    sum += own;
  }
}

/** Counts equal keys, which are sorted, with the zeros between the negative ones and the others. */
function merge(from: usize, count: u32, zeros: u32): u32 {
  let distinct: u32 = 0;
  let i: usize = 0;
  let waiting = zeros;
  while (i < count || waiting > 0) {
    if (waiting > 0 && (i === <usize>count || load<u64>(from + (i << 3)) & SIGN)) {
      put(distinct++, 0, waiting);
      waiting = 0;
      continue;
    }
    const key = load<u64>(from + (i << 3));
    const first = i;
    while (i < count && load<u64>(from + (i << 3)) === key) i++;
    put(distinct++, numberOf(key), <u32>(i - first));
  }
  return distinct;
}

function put(place: u32, value: f64, count: u32): void {
  store<f64>(column + ((<usize>place) << 3), value);
  store<u32>(counts + ((<usize>place) << 2), count);
}
