import type { Tree } from '../tree/tree.ts';
import { type Columns, withColumns } from './columns.ts';
import { double } from './number.ts';
import { isDeep } from './tree-walk.ts';

/** Trees beside the columns of what they test. */
interface TreesOver {
  readonly columns: Columns;
  readonly trees: readonly Tree[];
  readonly inputs: readonly string[];
}

/**
 * Puts a test of a number in the place of each test of a category in large trees, whose levels look thresholds up in
 * lists: of a column that is 0 where the level is in the set, 1 where it is not, and NULL where it is missing.
 */
export function withSetColumns({ columns, trees, inputs }: TreesOver): TreesOver {
  const added = new Map<string, string>();
  const places = new Map<string, number>();
  const placeOf = (feature: number, set: readonly number[]): number => {
    const x = inputs[feature];
    const key = `${x} in (${set.map(double).join(', ')})`;
    const place = places.get(key) ?? inputs.length + places.size;
    places.set(key, place);
    const test = set.length === 0 ? 'false' : key;
    const sql = `case when ${x} is null then null when ${test} then ${double(0)} else ${double(1)} end`;
    added.set(`${inputs[0]}_set${place}`, sql);
    return place;
  };
  const numeric = trees.map((tree) => (isDeep(tree) ? withoutSets(tree, placeOf) : tree));
  return {
    columns: added.size === 0 ? columns : withColumns(columns, Object.fromEntries(added)),
    trees: numeric,
    inputs: [...inputs, ...added.keys()],
  };
}

function withoutSets(tree: Tree, placeOf: (feature: number, set: readonly number[]) => number): Tree {
  const { sets, ...rest } = tree;
  if (!sets) return tree;
  const feature = rest.feature.map((f, i) => {
    const set = sets[i];
    return set ? placeOf(f, set) : f;
  });
  return { ...rest, feature, threshold: rest.threshold.map((x, i) => (sets[i] ? 0.5 : x)) };
}
