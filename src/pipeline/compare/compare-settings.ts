/** What a manifest says, by path: `settings.folds`. Objects and arrays of objects are gone into, other values are JSON. */
type Flat = ReadonlyMap<string, string>;

export interface DifferentSetting {
  readonly name: string;
  readonly first: string;
  readonly second: string;
}

/** The settings that differ, by name; one that only one run has is '' in the other. */
export function differentSettings(first: unknown, second: unknown): DifferentSetting[] {
  const [a, b] = [flattened(first), flattened(second)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((name) => a.get(name) !== b.get(name))
    .sort()
    .map((name) => ({ name, first: a.get(name) ?? '', second: b.get(name) ?? '' }));
}

function flattened(value: unknown, path = ''): Flat {
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && !value.some(isObject)))
    return new Map([[path, typeof value === 'string' ? value : JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, under]) => [
      ...flattened(under, path === '' ? key : `${path}.${key}`),
    ]),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
