/** Where the closing quote stands of the JSON string whose first byte, behind its quote, is at `at`; some quote must stand behind it. */
export function closingQuote(data: DataView, at: number): number {
  for (let end = at; ; ) {
    const word = data.getInt32(end, true);
    const quotes = word ^ 0x22222222;
    const escapes = word ^ 0x5c5c5c5c;
    // The lowest bit that is set marks the first quote or backslash of the four bytes.
    const marks = (((quotes - 0x01010101) & ~quotes) | ((escapes - 0x01010101) & ~escapes)) & 0x80808080;
    if (marks === 0) {
      end += 4;
      continue;
    }
    end += (31 - Math.clz32(marks & -marks)) >> 3;
    if (data.getUint8(end) === 34) return end;
    end += 2;
  }
}
