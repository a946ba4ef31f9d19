import type { Tree } from '../tree/tree.ts';
import { type Columns, withColumns, without } from './columns.ts';
import type { ModelDialect } from './model-dialect.ts';
import { double } from './number.ts';
import { type TestColumns, type TreeLevel, type TreeWalk, treeWalk } from './tree-walk.ts';

/** Trees that are walked and added together: a column each, and a term each of one expression. */
const GROUP = 50;

/**
 * A column `name` with `first` + what each tree predicts, added from left to right as `sumTrees` does.
 *
 * A test is `left <= threshold` where a missing value goes left and `right <= threshold` where it goes right: columns in
 * which it is −∞ and +∞. The top of a tree is a CASE. A tree that goes on below it does so level by level, by looking
 * up feature, threshold and place of the children in lists: as one CASE, a large forest keeps Spark's optimiser and
 * compiler busy for minutes.
 *
 * @param inputs the columns of the features, NULL where missing.
 */
export function treeSumColumn(
  columns: Columns,
  { trees, first }: { readonly trees: readonly Tree[]; readonly first: number },
  inputs: readonly string[],
  name: string,
  dialect: ModelDialect,
): Columns {
  const walks = trees.map((tree) => treeWalk(tree, inputs.length, dialect.firstPlace));
  const tests = { left: `${name}_left`, right: `${name}_right`, all: `${name}_all` };
  let sum = withColumns(testColumns(columns, walks, inputs, tests, dialect), { [name]: double(first) });
  for (let start = 0; start < walks.length; start += GROUP) {
    sum = addTrees(sum, walks.slice(start, start + GROUP), name, tests, dialect);
  }
  return withColumns(sum, {}, [...columns.names, name]);
}

interface Tests extends TestColumns {
  /** The list of all left and then all right columns. */
  readonly all: string;
}

function testColumns(
  columns: Columns,
  walks: readonly TreeWalk[],
  inputs: readonly string[],
  tests: Tests,
  { list }: ModelDialect,
): Columns {
  const left = inputs.map((x, j) => [`${tests.left}${j}`, `coalesce(${x}, ${double(-Infinity)})`]);
  const right = inputs.map((x, j) => [`${tests.right}${j}`, `coalesce(${x}, ${double(Infinity)})`]);
  const sided = withColumns(columns, Object.fromEntries([...left, ...right]));
  if (!walks.some(isDeep)) return sided;
  return withColumns(sided, { [tests.all]: list([...left, ...right].map(([column]) => column)) });
}

/** The sum in column `name` with the predictions of more trees. */
function addTrees(
  columns: Columns,
  walks: readonly TreeWalk[],
  name: string,
  tests: Tests,
  dialect: ModelDialect,
): Columns {
  const place = (t: number): string => `${name}_${t}`;
  const deep = [...walks.entries()].filter(([, walk]) => isDeep(walk));
  let walked =
    deep.length === 0
      ? columns
      : withColumns(columns, Object.fromEntries(deep.map(([t, { top }]) => [place(t), top(tests)])));
  for (let depth = 0; deep.some(([, { levels }]) => depth < levels.length); depth++) {
    const moving = deep.filter(([, { levels }]) => depth < levels.length);
    const moved = moving.map(([t, { levels }]) => [
      place(t),
      step(levels[depth], place(t), tests.all, dialect),
    ]);
    walked = withColumns(
      walked,
      Object.fromEntries(moved),
      without(
        walked.names,
        moving.map(([t]) => place(t)),
      ),
    );
  }
  const values = walks.map(({ top, leaves }, t) =>
    isDeep(walks[t]) ? `${dialect.doubles(leaves)}[${place(t)}]` : top(tests),
  );
  return withColumns(walked, { [name]: [name, ...values].join(' + ') }, without(columns.names, [name]));
}

function isDeep({ levels }: TreeWalk): boolean {
  return levels.length > 0;
}

/** The place one level further down. */
function step(
  { inputs, thresholds, children }: TreeLevel,
  at: string,
  all: string,
  { integers, doubles }: ModelDialect,
): string {
  const test = `${all}[${integers(inputs)}[${at}]] <= ${doubles(thresholds)}[${at}]`;
  return `${integers(children)}[${at}] + case when ${test} then 0 else 1 end`;
}
