/** Writes rows of the log as bytes, one line after the other, into a buffer that grows. */
export class LineWriter {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;
  readonly #start = new TextEncoder().encode('{"ts":0000000000');
  readonly #states: readonly Uint8Array[];

  /** @param states the parts of the states, see line-parts.ts. */
  constructor(states: readonly Uint8Array[], bytes: Uint8Array<ArrayBuffer>) {
    this.#states = states;
    this.bytes = bytes;
  }

  /** The time of the rows that follow, in seconds since the epoch: ten digits. */
  setTime(seconds: number): void {
    const start = this.#start;
    let rest = seconds;
    for (let i = start.length - 1; i >= start.length - 10; i--) {
      const tens = Math.floor(rest / 10);
      start[i] = ZERO + rest - tens * 10;
      rest = tens;
    }
  }

  /** @param details, @param song encoded parts, or `nothing` where the row has none. */
  row(
    head: Uint8Array,
    session: number,
    state: number,
    itemInSession: number,
    details: Uint8Array,
    song: Uint8Array,
  ): void {
    const part = this.#states[state];
    this.#reserve(head.length + part.length + details.length + song.length);
    const bytes = this.bytes;
    let at = this.length;
    bytes.set(this.#start, at);
    at += this.#start.length;
    bytes.set(head, at);
    at = putInteger(bytes, at + head.length, session);
    bytes.set(part, at);
    at = putInteger(bytes, at + part.length, itemInSession);
    bytes.set(details, at);
    at += details.length;
    bytes.set(song, at);
    at += song.length;
    bytes[at] = CLOSING_BRACE;
    bytes[at + 1] = LINE_FEED;
    this.length = at + 2;
  }

  #reserve(parts: number): void {
    const needed = this.length + parts + NUMBERS;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

export const nothing = new Uint8Array(0);

const ZERO = 0x30;
const CLOSING_BRACE = 0x7d;
const LINE_FEED = 0x0a;
/** Start, two whole numbers of up to ten digits, brace and line feed. */
const NUMBERS = 16 + 20 + 2;

/** Writes a whole number of 0 … 2^31 - 1. @returns where it ends. */
function putInteger(bytes: Uint8Array, at: number, value: number): number {
  let digits = 1;
  for (let bound = 10; value >= bound && digits < 10; bound *= 10) digits++;
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    bytes[i] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return at + digits;
}
