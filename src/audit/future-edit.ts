import type { ExampleRows } from '../features/examples.ts';
import type { Finding } from './finding.ts';

/**
 * Compares examples before and after everything from their last cutoff on was changed, bit for bit: what differs has seen the future.
 * @param edited of the same features; rows may come in another order.
 */
export function compareAfterEdit(original: ExampleRows, edited: ExampleRows): Finding[] {
  const placeOf = new Map(edited.users.map((user, row) => [`${edited.cutoffs[row]} ${user}`, row]));
  const places = original.users.map((user, row) => placeOf.get(`${original.cutoffs[row]} ${user}`));
  const gone = places.filter((place) => place === undefined).length;
  const come = edited.users.length - (places.length - gone);
  return [...rowsThatDiffer(gone, come, places.length), ...columnsThatDiffer(original, edited, places)];
}

function rowsThatDiffer(gone: number, come: number, rows: number): Finding[] {
  if (gone + come === 0) return [];
  return [
    {
      check: 'future edit',
      severity: 'leak',
      evidence: { gone, come, rows },
      words: `Who is an example depends on what happens after the cutoff: of ${rows} rows ${gone} went and ${come} came when later events were changed.`,
    },
  ];
}

function columnsThatDiffer(
  original: ExampleRows,
  edited: ExampleRows,
  places: readonly (number | undefined)[],
): Finding[] {
  const columnOf = new Map(edited.matrix.names.map((name, j) => [name, edited.matrix.columns[j]]));
  return original.matrix.names.flatMap((feature, j): Finding[] => {
    const before = original.matrix.columns[j];
    const after = columnOf.get(feature);
    const changed = places.filter(
      (place, row) => place !== undefined && !Object.is(before[row], after?.[place]),
    ).length;
    if (changed === 0) return [];
    return [
      {
        check: 'future edit',
        severity: 'leak',
        feature,
        evidence: { changed, rows: places.length },
        words: `${feature} changed in ${changed} of ${places.length} rows when only events from the cutoff on were changed: it looks into the future.`,
      },
    ];
  });
}
