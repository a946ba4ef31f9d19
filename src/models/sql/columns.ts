/** A relation that is being built level by level: what stands behind FROM, and its columns, which need no quotes. */
export interface Columns {
  readonly from: string;
  readonly names: readonly string[];
}

/**
 * One level more: the columns `kept`, by default all, and new ones, which see the level below alone. A value that
 * is needed more than once is a column of a level of its own, so that both engines compute it once.
 */
export function withColumns(
  { from, names }: Columns,
  added: Readonly<Record<string, string>>,
  kept: readonly string[] = names,
): Columns {
  const select = [...kept, ...Object.entries(added).map(([name, sql]) => `${sql} as ${name}`)];
  return {
    from: `(select ${select.join(', ')} from ${from}) as q`,
    names: [...kept, ...Object.keys(added)],
  };
}

/** The columns but some. */
export function without(names: readonly string[], gone: readonly string[]): string[] {
  const set = new Set(gone);
  return names.filter((name) => !set.has(name));
}
