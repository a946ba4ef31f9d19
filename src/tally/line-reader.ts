import { isoMillis } from '../ingest/judge.ts';
import { equalBytes } from './equal-bytes.ts';
import { endOfLine, ignoredKey, Shapes } from './shapes.ts';
import type { Slot, SlotType } from './slots.ts';
import { longestSpan, Spans } from './spans.ts';
import { closingQuote } from './text-end.ts';
import { Texts, textOf } from './texts.ts';
import { UserSpans } from './user-spans.ts';

/** So many bytes stand behind the data, all of them quotes: how far the end of a text is looked for. */
export const padding = 64;

/** So many bytes must be there behind the data and its padding, whatever they are: how far texts are compared. */
export const margin = longestSpan;

/** Digits of a number that a double holds, whatever they are. */
const sureDigits = 15;
const powersOf10 = Float64Array.from({ length: sureDigits + 1 }, (_, exponent) => 10 ** exponent);

/** Pairs of values, in bytes, beyond which no more are kept. */
const maxPairBytes = 256 << 20;

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
 * Two things make it fast. What a line says of its user, keys and all, is compared with the user's last line at once. And
 * creator and item, where one follows the other, are looked up as one.
 */
export class LineReader {
  readonly shapes: Shapes;
  readonly texts: Texts;
  /** Code of the text in each slot, 0 where there is none; one more for slots that a definition has not. */
  readonly codes: Int32Array;
  /** Number in each slot (milliseconds since 1970 of a time in ISO 8601), NaN where there is none. */
  readonly numbers: Float64Array;
  /** Number of the pair of creator and item, from 1; 0 where they are told by their codes alone. */
  pair = 0;
  readonly #kinds: Uint8Array;
  readonly #userSlot: number;
  readonly #users: UserSpans;
  readonly #pairs = new Spans();
  /** Codes of the first and the second value of each pair. */
  #pairCodes: Int32Array = new Int32Array(2 << 10);
  /** Entry and code of each slot on the user's last line, by the user's code. */
  #predicted: Int32Array;
  #at = 0;

  constructor(slots: readonly Slot[]) {
    const slotsOf = (...names: string[]) =>
      slots.flatMap((slot, i) => (slot.names.some((name) => names.includes(name)) ? [i] : []));
    const pair = slotsOf('creator', 'item');
    const ofUser = slotsOf('registered', 'gender', 'location', 'agent');
    this.shapes = new Shapes(
      slots.map(({ key }) => key),
      pair.length === 2 ? pair : [],
      ofUser,
    );
    this.texts = new Texts(slots.length);
    this.codes = new Int32Array(slots.length + 1);
    this.numbers = new Float64Array(slots.length + 1).fill(Number.NaN);
    this.#kinds = Uint8Array.from(slots, ({ type }) => kinds[type]);
    [this.#userSlot] = slotsOf('user');
    this.#users = new UserSpans(ofUser, this.codes, this.numbers);
    this.#predicted = new Int32Array(slots.length << 13);
  }

  /**
   * Reads the line that begins at `at`, whose LF stands in the data, into `codes` and `numbers`.
   * @returns where the next line begins; -1 when nothing is said of this one.
   */
  read(data: DataView, at: number): number {
    const { codes, numbers, shapes } = this;
    const { firstEdge, start, length, slot: slots, node: nodes, segments, partner, isOfUser } = shapes;
    const kindOf = this.#kinds;
    const users = this.#users;
    this.pair = 0;
    for (let i = 0; i < codes.length; i++) {
      codes[i] = 0;
      numbers[i] = Number.NaN;
    }
    let user = 0;
    let node = 0;
    let p = at;
    // Where what the line says of its user began, and the node there; −1 outside of it.
    let spanStart = -1;
    let spanNode = 0;
    let spanSlots = 0;
    for (;;) {
      let edge = firstEdge[node];
      const last = firstEdge[node + 1];
      if (user !== 0 && spanStart < 0 && edge < last && isOfUser[edge] === 1) {
        const next = users.recall(user, node, data, p);
        if (next >= 0) {
          node = users.node;
          p = next;
          continue;
        }
        spanStart = p;
        spanNode = node;
        spanSlots = 0;
      }
      while (edge < last && !equalBytes(data, p, segments, start[edge], length[edge])) edge++;
      if (edge === last) return -1;
      if (spanStart >= 0 && isOfUser[edge] === 0) {
        if (p > spanStart) users.keep(user, spanNode, data, spanStart, p, node, spanSlots);
        spanStart = -1;
      }
      p += length[edge];
      const slot = slots[edge];
      if (slot === endOfLine) return behindLineEnd(data, p);
      node = nodes[edge];
      if (slot !== ignoredKey) spanSlots |= users.bits[slot];
      const first = data.getUint8(p);
      const kind = slot === ignoredKey ? kinds.ignored : kindOf[slot];
      if (first === 110) {
        p = behindWord(data, p, 0x6c6c756e, 4);
      } else if (kind === kinds.ignored) {
        p = first === 34 ? behindText(data, p + 1) : behindScalar(data, p, first);
      } else if (kind <= kinds.id) {
        const isQuoted = first === 34;
        if (!isQuoted && kind === kinds.text) return -1;
        if (isQuoted && partner[edge] >= 0) {
          const other = this.#pair(slot, partner[edge], data, p);
          if (other < 0) return -1;
          p = this.#at;
          if (other > 0) node = nodes[partner[edge]];
          continue;
        }
        const code = isQuoted ? this.#text(slot, user, data, p + 1) : this.#digits(slot, user, data, p);
        if (code === 0) return -1;
        codes[slot] = code;
        if (slot === this.#userSlot) user = code;
        p = this.#at;
      } else if (kind === kinds.iso) {
        if (first !== 34) return -1;
        numbers[slot] = this.#time(data, p + 1);
        p = Number.isNaN(numbers[slot]) ? -1 : this.#at;
      } else {
        const quoted = first === 34 && kind === kinds.quoted ? 1 : 0;
        if (!this.#number(slot, data, p + quoted)) return -1;
        p = this.#at + quoted;
        if (quoted === 1 && data.getUint8(p - 1) !== 34) return -1;
      }
      if (p < 0) return -1;
    }
  }

  /**
   * Reads the text of a pair's slot, behind the quote at `at`, and the other one with it where that follows.
   * @returns 1 when both are read, 0 when the other is none, −1 where a text is none that this reader takes.
   */
  #pair(slot: number, partner: number, data: DataView, at: number): number {
    const { codes, shapes, texts } = this;
    const end = closingQuote(data, at + 1);
    const otherAt = end + 1 + shapes.length[partner];
    const isPair =
      equalBytes(data, end + 1, shapes.segments, shapes.start[partner], shapes.length[partner]) &&
      data.getUint8(otherAt) === 34;
    if (!isPair) {
      codes[slot] = texts.codeOf(texts.find(slot, data, at + 1, end - at - 1));
      this.#at = end + 1;
      return codes[slot] === 0 ? -1 : 0;
    }
    const otherEnd = closingQuote(data, otherAt + 1);
    this.#at = otherEnd + 1;
    const other = shapes.slot[partner];
    const tag = slot < other ? 0 : 1;
    const known = this.#pairs.find(tag, data, at, otherEnd - at);
    if (known > 0) {
      this.pair = known;
      codes[slot] = this.#pairCodes[2 * known];
      codes[other] = this.#pairCodes[2 * known + 1];
      return 1;
    }
    codes[slot] = texts.codeOf(texts.find(slot, data, at + 1, end - at - 1));
    codes[other] = texts.codeOf(texts.find(other, data, otherAt + 1, otherEnd - otherAt - 1));
    if (codes[slot] === 0 || codes[other] === 0) return -1;
    if (otherEnd - at > longestSpan || this.#pairs.bytes + otherEnd - at > maxPairBytes) return 1;
    const pair = this.#pairs.add(tag, data, at, otherEnd - at);
    if (2 * pair + 1 >= this.#pairCodes.length) this.#pairCodes = grownTo(this.#pairCodes, 4 * pair);
    this.#pairCodes[2 * pair] = codes[slot];
    this.#pairCodes[2 * pair + 1] = codes[other];
    this.pair = pair;
    return 1;
  }

  /** The code of a text, behind its quote; 0 where it is none that this reader takes. It is likely that of the user's line before. */
  #text(slot: number, user: number, data: DataView, at: number): number {
    const { written } = this.texts;
    const place = 2 * (user * this.#kinds.length + slot);
    const likely = place < this.#predicted.length ? this.#predicted[place] : 0;
    if (likely !== 0) {
      const end = at + written.lengthOf(likely);
      if (written.isAt(likely, data, at) && data.getUint8(end) === 34) {
        this.#at = end + 1;
        return this.#predicted[place + 1];
      }
    }
    const end = closingQuote(data, at);
    this.#at = end + 1;
    return this.#predict(place, this.texts.find(slot, data, at, end - at));
  }

  /** As `#text`, of an id that is written as a whole number. */
  #digits(slot: number, user: number, data: DataView, at: number): number {
    const end = behindDigits(data, at);
    if (end < 0) return 0;
    this.#at = end;
    const length = end - at;
    const { written } = this.texts;
    const place = 2 * (user * this.#kinds.length + slot);
    const likely = place < this.#predicted.length ? this.#predicted[place] : 0;
    if (likely !== 0 && written.lengthOf(likely) === length && written.isAt(likely, data, at)) {
      return this.#predicted[place + 1];
    }
    return this.#predict(place, this.texts.find(slot, data, at, length));
  }

  /** Takes an entry for the user's next line; gives its code. */
  #predict(place: number, entry: number): number {
    if (place + 1 >= this.#predicted.length) this.#predicted = grownTo(this.#predicted, 2 * place + 2);
    const code = this.texts.codeOf(entry);
    this.#predicted[place] = entry;
    this.#predicted[place + 1] = code;
    return code;
  }

  /**
   * Reads a number of at most 15 digits without sign and exponent, which a double division rounds as JSON's reader does.
   * @returns false for any other.
   */
  #number(slot: number, data: DataView, at: number): boolean {
    let p = at;
    let value = 0;
    let byte = data.getUint8(p);
    while (byte >= 48 && byte <= 57) {
      value = value * 10 + (byte - 48);
      byte = data.getUint8(++p);
    }
    const whole = p - at;
    if (whole === 0 || whole > sureDigits || (whole > 1 && data.getUint8(at) === 48)) return false;
    if (byte === 46) {
      byte = data.getUint8(++p);
      while (byte >= 48 && byte <= 57) {
        value = value * 10 + (byte - 48);
        byte = data.getUint8(++p);
      }
      const digits = p - at - 1;
      if (digits === whole || digits > sureDigits) return false;
      value /= powersOf10[digits - whole];
    }
    // What may stand behind a number is told by the segment that must follow; e and E may not.
    if (byte === 101 || byte === 69) return false;
    this.#at = p;
    this.numbers[slot] = value;
    return true;
  }

  #time(data: DataView, at: number): number {
    let end = at;
    while (data.getUint8(end) !== 34) end++;
    this.#at = end + 1;
    return isoMillis(Buffer.from(data.buffer, data.byteOffset + at, end - at).toString('latin1'));
  }
}

function grownTo(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
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

/** Behind a whole number of at most 15 digits, without sign, point and exponent; −1 where it is another. */
function behindDigits(data: DataView, at: number): number {
  let p = at;
  let byte = data.getUint8(p);
  while (byte >= 48 && byte <= 57) byte = data.getUint8(++p);
  const length = p - at;
  if (length === 0 || length > sureDigits || (length > 1 && data.getUint8(at) === 48)) return -1;
  return byte === 46 || byte === 101 || byte === 69 ? -1 : p;
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
