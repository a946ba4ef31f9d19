import type { PackedScores, PackedTexts } from '../../src/report/pack-users.ts';
import { numbers } from './unpack.ts';

/** A column of texts: row i has `texts[index[i]]`. */
export interface TextColumn {
  readonly texts: readonly string[];
  readonly index: Int32Array;
}

/** The score list by column; row `i` is one user, likeliest first. */
export interface Scores {
  readonly size: number;
  /** Whether the names are pseudonyms. */
  readonly pseudonyms: boolean;
  readonly name: readonly string[];
  readonly probability: Float64Array;
  /** '' where it is not known. */
  readonly plan: TextColumn;
  readonly device: TextColumn;
  readonly reason: TextColumn;
  /** Row i's reasons are those from `firstReason[i]` up to `firstReason[i + 1]`. */
  readonly firstReason: Int32Array;
}

export function unpackScores(packed: PackedScores): Scores {
  return {
    size: packed.name.length,
    pseudonyms: packed.pseudonyms,
    name: packed.name,
    probability: numbers(packed.probability),
    plan: unpackTexts(packed.plan),
    device: unpackTexts(packed.device),
    reason: unpackTexts(packed.reason),
    firstReason: Int32Array.from(packed.firstReason),
  };
}

export function textAt({ texts, index }: TextColumn, row: number): string {
  return texts[index[row]];
}

/** What raises a user's score the most, strongest first. */
export function reasonsOf({ firstReason, reason }: Scores, row: number): string[] {
  return Array.from(reason.index.subarray(firstReason[row], firstReason[row + 1]), (i) => reason.texts[i]);
}

function unpackTexts({ texts, index }: PackedTexts): TextColumn {
  return { texts, index: Int32Array.from(index) };
}
