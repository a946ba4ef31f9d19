/** Sixteen bytes of ones, then as many of zeros: read from `16 - n` on, the mask of the first n bytes. */
const masks = memory.data<u8>(
  [
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0,
  ],
  16,
);

/** The first bytes at `at`, 0 … 16 of them, with zeros behind. All functions here may read 16 bytes more than they look at. */
export function firstBytes(at: usize, length: i32): v128 {
  return v128.and(v128.load(at), v128.load(masks + 16 - length));
}

export function areEqual(a: v128, b: v128): bool {
  return !v128.any_true(v128.xor(a, b));
}

export function equalBytes(a: usize, b: usize, length: i32): bool {
  let i: i32 = 0;
  for (; i + 16 <= length; i += 16) {
    if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false;
  }
  const rest = v128.load(masks + 16 - (length - i));
  return !v128.any_true(v128.and(v128.xor(v128.load(a + i), v128.load(b + i)), rest));
}

/** 2^64 over the golden ratio. */
const factor: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;

/** One step of a hash. */
export function mix(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * factor;
  return product ^ (product >> 32);
}

export function hashOf(at: usize, length: i32, seed: u32): u32 {
  let hash: u64 = ((<u64>length) << 32) | seed;
  let i: i32 = 0;
  for (; i + 16 < length; i += 16) {
    hash = mix(mix(hash, load<u64>(at + i)), load<u64>(at + i, 8));
  }
  return hashOfLast(firstBytes(at + i, length - i), hash);
}

export function hashOfLast(last: v128, hash: u64): u32 {
  const mixed = mix(mix(hash, v128.extract_lane<u64>(last, 0)), v128.extract_lane<u64>(last, 1));
  return <u32>(mixed >> 16);
}

/** Where the next line begins; some LF must stand there. */
export function behindLine(at: usize): usize {
  const lf = i8x16.splat(0x0a);
  let p = at;
  while (true) {
    const a = i8x16.eq(v128.load(p), lf);
    const b = i8x16.eq(v128.load(p, 16), lf);
    const c = i8x16.eq(v128.load(p, 32), lf);
    const d = i8x16.eq(v128.load(p, 48), lf);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      const low = ((<u64>i8x16.bitmask(b)) << 16) | <u64>i8x16.bitmask(a);
      const high = ((<u64>i8x16.bitmask(d)) << 16) | <u64>i8x16.bitmask(c);
      return p + <usize>ctz((high << 32) | low) + 1;
    }
    p += 64;
  }
}

/** Where the closing quote stands of the JSON string whose first byte, behind its quote, is at `at`; some quote must stand behind it. */
export function closingQuote(at: usize): usize {
  let p = at;
  while (true) {
    const block = v128.load(p);
    const marks = v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c)));
    const bits = i8x16.bitmask(marks);
    if (bits === 0) {
      p += 16;
      continue;
    }
    p += ctz(bits);
    if (load<u8>(p) === 0x22) return p;
    p += 2;
  }
}

/** Whether all of the bytes are printable ASCII but no backslash. */
export function isPlain(at: usize, length: i32): bool {
  let odd = i8x16.splat(0);
  let i: i32 = 0;
  for (; i + 16 <= length; i += 16) odd = v128.or(odd, oddBytes(v128.load(at + i)));
  const rest = v128.load(masks + 16 - (length - i));
  return !v128.any_true(v128.or(odd, v128.and(rest, oddBytes(v128.load(at + i)))));
}

function oddBytes(block: v128): v128 {
  // As signed bytes, those from 0x80 on are below 0x20.
  const low = i8x16.lt_s(block, i8x16.splat(0x20));
  return v128.or(low, v128.or(i8x16.eq(block, i8x16.splat(0x5c)), i8x16.eq(block, i8x16.splat(0x7f))));
}
