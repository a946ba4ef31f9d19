import type { Dimension, Range, SearchSpace, SettingValue } from '../models/search-space.ts';

/** Values of the settings that a space names. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** A place in a space, by dimension in the space's order: of a range a number in 0 … 1, of a choice its index. */
export type Point = readonly number[];

export interface NamedDimension {
  readonly name: string;
  readonly dimension: Dimension;
}

/** The dimensions of a space in its order. */
export function dimensionsOf(space: SearchSpace): NamedDimension[] {
  return Object.entries(space).flatMap(([name, dimension]) =>
    dimension === undefined ? [] : [{ name, dimension }],
  );
}

/** The settings at a place. Numbers have four significant digits, which is finer than any loss can tell. */
export function settingsAt(dimensions: readonly NamedDimension[], point: Point): Settings {
  return Object.fromEntries(
    dimensions.map(({ name, dimension }, d) => [
      name,
      dimension.kind === 'choice' ? dimension.values[point[d]] : valueAt(dimension, point[d]),
    ]),
  );
}

/** Where settings lie, numbers outside of a range at its end; undefined where a value is none of its dimension's. */
export function pointOf(dimensions: readonly NamedDimension[], settings: Settings): Point | undefined {
  const point = dimensions.map(({ name, dimension }) => {
    const value = settings[name];
    if (dimension.kind === 'choice') return dimension.values.findIndex((known) => isSame(known, value));
    return typeof value === 'number' ? placeOf(dimension, value) : -1;
  });
  return point.includes(-1) ? undefined : point;
}

/** A text that is equal for equal settings. */
export function settingsKey(settings: Settings): string {
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether two values are equal; lists are, when their items are. */
function isSame(a: SettingValue, b: SettingValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function valueAt(range: Range, place: number): number {
  const { low, high } = ends(range);
  const value =
    range.scale === 'log'
      ? Math.exp(Math.log(low) + place * Math.log(high / low))
      : low + place * (high - low);
  const rounded = range.kind === 'integer' ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(Math.max(rounded, range.low), range.high);
}

function placeOf(range: Range, value: number): number {
  const { low, high } = ends(range);
  const within = Math.min(Math.max(value, range.low), range.high);
  return range.scale === 'log'
    ? Math.log(within / low) / Math.log(high / low)
    : (within - low) / (high - low);
}

/** Of integers half a step wider, so that the first and the last are as likely as the others. */
function ends({ kind, low, high }: Range): { low: number; high: number } {
  return kind === 'integer' ? { low: low - 0.5, high: high + 0.5 } : { low, high };
}
