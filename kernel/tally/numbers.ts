/** Digits of a number that a double holds, whatever they are. */
export const sureDigits = 15;

const powersOf10 = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]);

/** What `readNumber` read. */
export let value: f64 = 0;

/**
 * Reads a number of at most 15 digits without sign and exponent: mantissa and power of ten are exact then, so one division
 * rounds as JSON's reader does.
 * @returns where it ends; 0 for any other number.
 */
export function readNumber(at: usize): usize {
  const whole = digitsAt(at);
  if (whole === 0 || whole > sureDigits || (whole > 1 && load<u8>(at) === 0x30)) return 0;
  let end = at + whole;
  let mantissa = integerOf(at, whole);
  if (load<u8>(end) === 0x2e) {
    const decimals = digitsAt(end + 1);
    if (decimals === 0 || whole + decimals > sureDigits) return 0;
    const power = load<f64>(powersOf10 + ((<usize>decimals) << 3));
    mantissa = mantissa * <i64>power + integerOf(end + 1, decimals);
    value = <f64>mantissa / power;
    end += 1 + decimals;
  } else {
    value = <f64>mantissa;
  }
  return isExponent(load<u8>(end)) ? 0 : end;
}

/** Where a number ends that `readNumber` would read; 0 for any other. */
export function behindNumber(at: usize): usize {
  const whole = digitsAt(at);
  if (whole === 0 || whole > sureDigits || (whole > 1 && load<u8>(at) === 0x30)) return 0;
  let end = at + whole;
  if (load<u8>(end) === 0x2e) {
    const decimals = digitsAt(end + 1);
    if (decimals === 0 || decimals > sureDigits) return 0;
    end += 1 + decimals;
  }
  return isExponent(load<u8>(end)) ? 0 : end;
}

/** Where a whole number of at most 15 digits ends, without sign, point and exponent; 0 for any other. */
export function behindWhole(at: usize): usize {
  const end = behindNumber(at);
  return end === 0 || end - at !== digitsAt(at) ? 0 : end;
}

function isExponent(byte: u8): bool {
  return (byte | 0x20) === 0x65;
}

/** How many digits stand there; 16 where they are more. */
function digitsAt(at: usize): i32 {
  const digits = i8x16.sub(v128.load(at), i8x16.splat(0x30));
  return ctz(i8x16.bitmask(i8x16.gt_u(digits, i8x16.splat(9))) | 0x10000);
}

/** The number that the first digits at `at` write, 1 … 16 of them: moved to the end of a vector, then added in pairs, fours and eights. */
function integerOf(at: usize, digits: i32): i64 {
  const values = i8x16.sub(v128.load(at), i8x16.splat(0x30));
  const places = i8x16.sub(
    i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    i8x16.splat(<i8>(16 - digits)),
  );
  const aligned = i8x16.swizzle(values, places);
  const tens = i8x16(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1);
  const low = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(aligned, tens));
  const high = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(aligned, tens));
  const twos = i16x8.narrow_i32x4_u(low, high);
  const fours = i32x4.dot_i16x8_s(twos, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i32x4.dot_i16x8_s(
    i16x8.narrow_i32x4_u(fours, fours),
    i16x8(10_000, 1, 10_000, 1, 10_000, 1, 10_000, 1),
  );
  return <i64>i32x4.extract_lane(eights, 0) * 100_000_000 + <i64>i32x4.extract_lane(eights, 1);
}
