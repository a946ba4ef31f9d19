import { isoMillis } from '../ingest/judge.ts';
import { equalBytes } from './equal-bytes.ts';
import { endOfLine, ignoredKey, Shapes } from './shapes.ts';
import type { Slot, SlotType } from './slots.ts';
import { Texts, textOf } from './texts.ts';

/** Whoever reads a line decides how far it may look for the end of a text: so many bytes stand behind the data, all of them quotes. */
export const padding = 64;

/** Digits of a number that a double holds, whatever they are. */
const sureDigits = 15;
const powersOf10 = Float64Array.from({ length: sureDigits + 1 }, (_, exponent) => 10 ** exponent);

/** Predictions that are wrong more often than this share are no longer tried. */
const worthwhile = 0.5;
const trial = 1024;

const kinds: Readonly<Record<SlotType, number>> = {
  text: 0,
  id: 1,
  number: 2,
  quoted: 3,
  iso: 4,
  ignored: 5,
};

/**
 * Reads lines of JSON that are written as others before them: keys are compared, not parsed, and texts are told apart by their
 * bytes. What a line of a known shape says is exact; of any other line nothing is said.
 *
 * A user's texts are predicted to be those of the user's line before, so that a long one costs a comparison.
 */
export class LineReader {
  readonly shapes: Shapes;
  readonly texts: Texts;
  /** Entry of the text in each slot, 0 where there is none; one more for slots that a definition has not. */
  readonly entries: Int32Array;
  /** Number in each slot (milliseconds since 1970 of a time in ISO 8601), NaN where there is none. */
  readonly numbers: Float64Array;
  readonly #kinds: Uint8Array;
  readonly #userSlot: number;
  /** Entry of each slot on the last line of the user whose entry it is. */
  #predicted: Int32Array;
  readonly #tried: Int32Array;
  readonly #right: Int32Array;
  #at = 0;

  constructor(slots: readonly Slot[]) {
    this.shapes = new Shapes(slots.map(({ key }) => key));
    this.texts = new Texts(slots.length);
    this.entries = new Int32Array(slots.length + 1);
    this.numbers = new Float64Array(slots.length + 1).fill(Number.NaN);
    this.#kinds = Uint8Array.from(slots, ({ type }) => kinds[type]);
    this.#userSlot = slots.findIndex(({ names }) => names.includes('user'));
    this.#predicted = new Int32Array(slots.length << 12);
    this.#tried = new Int32Array(slots.length);
    this.#right = new Int32Array(slots.length);
  }

  /**
   * Reads the line that begins at `at`, whose LF stands in the data, into `entries` and `numbers`.
   * @returns where the next line begins; -1 when nothing is said of this one.
   */
  read(data: DataView, at: number): number {
    const { entries, numbers, shapes } = this;
    const { firstEdge, start, length, slot: slots, node: nodes, segments } = shapes;
    const kindOf = this.#kinds;
    const userSlot = this.#userSlot;
    entries.fill(0);
    numbers.fill(Number.NaN);
    let user = 0;
    let node = 0;
    let p = at;
    for (;;) {
      let edge = firstEdge[node];
      const last = firstEdge[node + 1];
      while (edge < last && !equalBytes(data, p, segments, start[edge], length[edge])) edge++;
      if (edge === last) return -1;
      p += length[edge];
      const slot = slots[edge];
      if (slot === endOfLine) return behindLineEnd(data, p);
      node = nodes[edge];
      const first = data.getUint8(p);
      const kind = slot === ignoredKey ? kinds.ignored : kindOf[slot];
      if (first === 110) {
        p = behindWord(data, p, 0x6c6c756e, 4);
      } else if (kind === kinds.ignored) {
        p = first === 34 ? behindText(data, p + 1) : behindScalar(data, p, first);
      } else if (kind <= kinds.id) {
        const isQuoted = first === 34;
        if (!isQuoted && kind === kinds.text) return -1;
        const entry = isQuoted ? this.#text(slot, user, data, p + 1) : this.#digits(slot, user, data, p);
        if (entry === 0) return -1;
        entries[slot] = entry;
        if (slot === userSlot) user = entry;
        p = this.#at;
      } else if (kind === kinds.iso) {
        if (first !== 34) return -1;
        numbers[slot] = this.#time(data, p + 1);
        p = Number.isNaN(numbers[slot]) ? -1 : this.#at;
      } else {
        const quoted = first === 34 && kind === kinds.quoted ? 1 : 0;
        const value = this.#number(data, p + quoted);
        if (value < 0) return -1;
        numbers[slot] = value;
        p = this.#at + quoted;
        if (quoted === 1 && data.getUint8(p - 1) !== 34) return -1;
      }
      if (p < 0) return -1;
    }
  }

  /** The entry of a text, behind its quote; 0 where it is none that this reader takes. */
  #text(slot: number, user: number, data: DataView, at: number): number {
    const texts = this.texts;
    const place = user * this.#kinds.length + slot;
    if (this.#tried[slot] < trial || this.#right[slot] > worthwhile * this.#tried[slot]) {
      const entry = place < this.#predicted.length ? this.#predicted[place] : 0;
      if (entry !== 0) {
        this.#tried[slot]++;
        const end = at + texts.lengthOf(entry);
        if (texts.isAt(entry, data, at) && data.getUint8(end) === 34) {
          this.#right[slot]++;
          this.#at = end + 1;
          return entry;
        }
      }
    }
    const entry = texts.find(slot, data, at);
    this.#at = texts.end;
    this.#predict(place, entry);
    return entry;
  }

  /** As `#text`, of an id that is written as a whole number. */
  #digits(slot: number, user: number, data: DataView, at: number): number {
    const value = this.#number(data, at);
    const length = this.#at - at;
    if (value < 0 || length > sureDigits) return 0;
    // A digit is followed by a point in 1.0, which is the id 1.
    if (!Number.isInteger(value) || (length > 1 && value < 10 ** (length - 1))) return 0;
    const place = user * this.#kinds.length + slot;
    const predicted = place < this.#predicted.length ? this.#predicted[place] : 0;
    const texts = this.texts;
    if (predicted !== 0 && texts.lengthOf(predicted) === length && texts.isAt(predicted, data, at)) {
      return predicted;
    }
    const entry = texts.findPlain(slot, data, at, length);
    this.#predict(place, entry);
    return entry;
  }

  #predict(place: number, entry: number): void {
    if (place >= this.#predicted.length) {
      const larger = new Int32Array(2 * place);
      larger.set(this.#predicted);
      this.#predicted = larger;
    }
    this.#predicted[place] = entry;
  }

  /** A number of at most 15 digits without sign and exponent, which a double division rounds as JSON's reader does; -1 for any other. */
  #number(data: DataView, at: number): number {
    let p = at;
    let value = 0;
    let byte = data.getUint8(p);
    while (byte >= 48 && byte <= 57) {
      value = value * 10 + (byte - 48);
      byte = data.getUint8(++p);
    }
    const whole = p - at;
    if (whole === 0 || whole > sureDigits || (whole > 1 && data.getUint8(at) === 48)) return -1;
    if (byte === 46) {
      byte = data.getUint8(++p);
      while (byte >= 48 && byte <= 57) {
        value = value * 10 + (byte - 48);
        byte = data.getUint8(++p);
      }
      const digits = p - at - 1;
      if (digits === whole || digits > sureDigits) return -1;
      value /= powersOf10[digits - whole];
    }
    // What may stand behind a number is told by the segment that must follow; e and E may not.
    if (byte === 101 || byte === 69) return -1;
    this.#at = p;
    return value;
  }

  #time(data: DataView, at: number): number {
    let end = at;
    while (data.getUint8(end) !== 34) end++;
    this.#at = end + 1;
    return isoMillis(Buffer.from(data.buffer, data.byteOffset + at, end - at).toString('latin1'));
  }
}

function behindLineEnd(data: DataView, at: number): number {
  const byte = data.getUint8(at);
  if (byte === 10) return at + 1;
  return byte === 13 && data.getUint8(at + 1) === 10 ? at + 2 : -1;
}

/** Behind a word of which the last four bytes are given; -1 where it is another one. */
function behindWord(data: DataView, at: number, bytes: number, length: number): number {
  return data.getInt32(at + length - 4, true) === bytes ? at + length : -1;
}

/** Behind a number, true or false. */
function behindScalar(data: DataView, at: number, first: number): number {
  if (first === 116) return behindWord(data, at, 0x65757274, 4);
  if (first === 102) return behindWord(data, at, 0x65736c61, 5);
  let p = at;
  let byte = first;
  while (byte >= 48 && byte <= 57) byte = data.getUint8(++p);
  const whole = p - at;
  if (whole === 0 || whole > sureDigits || (whole > 1 && first === 48)) return -1;
  if (byte !== 46) return byte === 101 || byte === 69 ? -1 : p;
  const point = p;
  byte = data.getUint8(++p);
  while (byte >= 48 && byte <= 57) byte = data.getUint8(++p);
  return p === point + 1 || byte === 101 || byte === 69 ? -1 : p;
}

/** Behind the closing quote of a JSON string; -1 where it is none. */
function behindText(data: DataView, at: number): number {
  let isPlain = true;
  let p = at;
  for (let byte = data.getUint8(p); byte !== 34; byte = data.getUint8(p)) {
    if (byte < 32 || byte > 126) isPlain = false;
    if (byte === 92) {
      isPlain = false;
      p++;
    }
    p++;
  }
  return isPlain || textOf(Buffer.from(data.buffer, data.byteOffset + at, p - at)) !== undefined ? p + 1 : -1;
}
