import { type Part, type PreparationInput, preparedColumn, translateCodes } from './preparation.ts';
import type { PreparationSettings } from './settings.ts';
import { fitLevelRates, orderedRates } from './target-encoding.ts';

/** What became of one column of the table. */
export interface FittedInput {
  readonly input: PreparationInput;
  readonly parts: readonly {
    readonly name: string;
    readonly part: Part;
    /** The values of the training rows. */
    readonly training: Float64Array;
  }[];
}

/** Training rows of one category. */
export interface CategoryColumn {
  /** `levels[codes[i]]` is the level of row i, which is missing where the code is NaN. */
  readonly codes: Float64Array;
  readonly levels: readonly string[];
  readonly labels: Uint8Array;
  readonly groups: Int32Array;
}

/** Levels beyond this many, the rarest, count as unknown: so many numbers may a column put into the model. */
const MOST_LEVELS = 10_000;

/** A category as the settings say: a 0/1 column a level, the rates of the levels, or the levels themselves. */
export function fitCategory(
  name: string,
  column: CategoryColumn,
  settings: PreparationSettings,
  seed: number,
): FittedInput {
  const counts = countLevels(column);
  const encode = encodingFor(counts.filter((count) => count > 0).length, settings);
  const most = encode === 'one-hot' ? settings.maxLevels : MOST_LEVELS;
  // What a level of one row says is mostly chance, and a table of identifiers would fill the model with them.
  const kept = frequentLevels(counts, most, encode === 'target' ? 2 : 1);
  const levels = kept.map((code) => column.levels[code]);
  const codes = translateCodes(column.codes, column.levels, levels);
  const input = { name, levels };
  const made = (part: Part, ofWhat: string, training = preparedColumn(part, codes)) => ({
    ...{ name: ofWhat, part },
    training,
  });
  if (encode === 'native') return { input, parts: [made({ part: 'code' }, name)] };
  if (encode === 'target') {
    const rows = { ...column, codes, levels: levels.length };
    const rates = { part: 'rate', ...fitLevelRates(rows, settings.smoothing) } as const;
    return { input, parts: [made(rates, `rate of ${name}`, orderedRates(rows, settings.smoothing, seed))] };
  }
  const indicators = codes.some(Number.isNaN) ? [made({ part: 'missing' }, `${name} is missing`)] : [];
  const isBinary = levels.length === 2 && kept.length === counts.filter((count) => count > 0).length;
  // Of two levels that are all there is, one column tells both.
  const shown = isBinary && indicators.length === 0 ? [1] : [...levels.keys()];
  const ofLevels = shown.map((level) => made({ part: 'level', level }, `${name} = ${levels[level]}`));
  return { input, parts: [...ofLevels, ...indicators] };
}

function encodingFor(
  levels: number,
  { encode, maxLevels, takesCategories }: PreparationSettings,
): 'one-hot' | 'target' | 'native' {
  if (encode !== 'auto') return encode;
  if (levels > maxLevels) return 'target';
  return takesCategories ? 'native' : 'one-hot';
}

function countLevels({ codes, levels }: CategoryColumn): Float64Array {
  const counts = new Float64Array(levels.length);
  for (let i = 0; i < codes.length; i++) if (!Number.isNaN(codes[i])) counts[codes[i]]++;
  return counts;
}

/** The most frequent levels, of equals the first, by their number. */
function frequentLevels(counts: Float64Array, most: number, atLeast: number): number[] {
  return [...counts.keys()]
    .filter((code) => counts[code] >= atLeast)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
