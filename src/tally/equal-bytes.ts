/** Whether `length` bytes of one view and of another are equal; both must have so many. */
export function equalBytes(a: DataView, atA: number, b: DataView, atB: number, length: number): boolean {
  const words = length - 4;
  let i = 0;
  for (; i <= words; i += 4) if (a.getInt32(atA + i, true) !== b.getInt32(atB + i, true)) return false;
  if (i === length) return true;
  // The last word overlaps the one before it.
  if (words >= 0) return a.getInt32(atA + words, true) === b.getInt32(atB + words, true);
  for (; i < length; i++) if (a.getUint8(atA + i) !== b.getUint8(atB + i)) return false;
  return true;
}
