import type { Feature } from '../features/feature.ts';
import type { Matrix } from '../models/matrix.ts';
import type { Attribution } from './attribution.ts';

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
  return attribution.names
    .map((name, j) => ({ name, contribution: attribution.columns[j][row] }))
    .filter(({ contribution }) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name, contribution }) => {
      const values = attribution.values?.get(name) ?? matrix.columns[matrix.names.indexOf(name)];
      const value = values[row];
      return { feature: name, text: inWords(name, value, features.get(name)), contribution };
    });
}

/** Units of the ledger that are too fine to read, in how many there are to the hour. */
const perHour: ReadonlyMap<string, number> = new Map([
  ['ms', 3_600_000],
  ['10 µs', 360_000_000],
]);

function inWords(name: string, value: number, feature: Feature | undefined): string {
  if (feature === undefined) return `${name}: ${rounded(value)}`;
  if (Number.isNaN(value)) return `${capital(feature.meaning)}: not known`;
  if (feature.unit === '0/1') return `${capital(feature.meaning)}: ${value === 1 ? 'yes' : 'no'}`;
  if (feature.unit === 'share') return `${capital(feature.meaning)}: ${rounded(value * 100)} %`;
  if (feature.unit === '−1…1')
    return `${capital(feature.meaning)}: ${rounded(value)} (−1 far less, 0 alike, 1 far more)`;
  const fine = perHour.get(feature.unit);
  if (fine !== undefined) return `${capital(feature.meaning)}: ${rounded(value / fine)} h`;
  const unit = /^(h|days|sessions|plays|events|adverts|creators|items)$/.test(feature.unit)
    ? ` ${feature.unit}`
    : '';
  return `${capital(feature.meaning)}: ${rounded(value)}${unit}`;
}

function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
