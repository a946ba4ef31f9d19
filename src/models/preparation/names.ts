/** Longer names, as of a level that is a whole letter, are cut. */
const LONGEST = 200;

/** The names, cut, with a number behind those that stand there already. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const cut = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
    let unique = cut;
    for (let k = 2; taken.has(unique); k++) unique = `${cut} #${k}`;
    taken.add(unique);
    return unique;
  });
}
