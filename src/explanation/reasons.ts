import type { Feature } from '../features/feature.ts';
import type { Matrix } from '../models/matrix.ts';
import { valueInWords } from '../report/value-in-words.ts';
import type { Attribution } from './attribution.ts';
import { valuesOf } from './largest-contributions.ts';
import { strongestFeatures } from './strongest-features.ts';

/** One reason of a score: a feature, what it was, and how much it moved the score, in the attribution's unit. */
export interface Reason {
  readonly feature: string;
  readonly text: string;
  readonly contribution: number;
}

/**
 * The features that raise a row’s score the most, strongest first, `count` of them or as many as there are. A reason is an
 * association that the model learned, not a cause.
 */
export function topReasons(
  attribution: Attribution,
  matrix: Matrix,
  features: ReadonlyMap<string, Feature>,
  row: number,
  count: number,
): Reason[] {
  const { names, columns } = attribution;
  return strongestFeatures(attribution, row, count, raising).map((j) => {
    const value = valuesOf(attribution, matrix, names[j])[row];
    return {
      feature: names[j],
      text: inWords(names[j], value, features.get(names[j])),
      contribution: columns[j][row],
    };
  });
}

/** What lowers the score or leaves it is no reason. */
function raising(contribution: number): number {
  return contribution > 0 ? contribution : -1;
}

function inWords(name: string, value: number, feature: Feature | undefined): string {
  const { meaning = name, unit = '' } = feature ?? {};
  return `${feature === undefined ? meaning : capital(meaning)}: ${valueInWords(value, unit)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
