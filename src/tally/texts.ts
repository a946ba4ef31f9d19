/**
 * What the texts of all slots mean, each with a code that counts those of its slot from 1; 0 is none. Texts that are written
 * otherwise and mean the same have two codes.
 */
export class Texts {
  readonly #counts: Int32Array;
  readonly #kept: readonly (string[] | undefined)[];
  #added: string[][];

  /** @param kept slots of which `textOf` is to be asked. */
  constructor(slots: number, kept: ReadonlySet<number>) {
    this.#counts = new Int32Array(slots);
    this.#kept = Array.from({ length: slots }, (_, slot) => (kept.has(slot) ? [''] : undefined));
    this.#added = Array.from({ length: slots }, () => []);
  }

  /** Gives a text of the slot its code. */
  add(slot: number, text: string): number {
    this.#added[slot].push(text);
    this.#kept[slot]?.push(text);
    return ++this.#counts[slot];
  }

  /** Null for code 0. */
  textOf(slot: number, code: number): string | null {
    const texts = this.#kept[slot];
    if (texts === undefined) throw new RangeError(`The texts of slot ${slot} are not kept.`);
    return code === 0 ? null : texts[code];
  }

  /** The texts that got a code since this was last called, by slot, in the order of their codes. */
  takeAdded(): string[][] {
    const added = this.#added;
    this.#added = added.map(() => []);
    return added;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What is written between the quotes of a JSON string; undefined where it is none. */
export function textOf(raw: Buffer): string | undefined {
  try {
    const written = decoder.decode(raw);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
    if (!/[\\\u0000-\u001f]/.test(written)) return written;
    const text: unknown = JSON.parse(`"${written}"`);
    return typeof text === 'string' && text.isWellFormed() ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Two halves of a hash of a text: FNV-1a over UTF-16 units with a factor each, and the finish of MurmurHash3. */
export function hashOfText(text: string): readonly [low: number, high: number] {
  return [hashOf(text, 0x01000193), hashOf(text, 0x5bd1e995)];
}

function hashOf(text: string, factor: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), factor);
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
