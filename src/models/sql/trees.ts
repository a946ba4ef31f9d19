import type { Tree } from '../tree/tree.ts';
import { type Columns, withColumns, without } from './columns.ts';
import type { ModelDialect } from './model-dialect.ts';
import { double } from './number.ts';
import { withSetColumns } from './set-columns.ts';
import { type TestColumns, type TreeLevel, type TreeWalk, treeWalk } from './tree-walk.ts';

/** Trees that are walked and added together: a column each, and a term each of one expression. */
const GROUP = 200;

/**
 * A column `name` with `first` + what each tree predicts, added from left to right as `sumTrees` does, beside the
 * columns `kept`.
 *
 * A test is `left <= threshold` where a missing value goes left and `right <= threshold` where it goes right: columns in
 * which it is −∞ and +∞. The top of a tree is a CASE. A tree that goes on below it does so level by level, by looking
 * up feature, threshold and place of the children in lists: as one CASE, a large forest keeps Spark's optimiser and
 * compiler busy for minutes.
 *
 * @param features the columns of the features, NULL where missing.
 */
export function treeSumColumn(
  below: Columns,
  model: { readonly trees: readonly Tree[]; readonly first: number },
  features: readonly string[],
  kept: readonly string[],
  name: string,
  dialect: ModelDialect,
): Columns {
  const { columns, trees, inputs } = withSetColumns({ columns: below, trees: model.trees, inputs: features });
  const walks = trees.map((tree) => treeWalk(tree, inputs.length, dialect.firstPlace));
  const tests = { left: `${name}_left`, right: `${name}_right`, all: `${name}_all` };
  const sided = testColumns(columns, walks, inputs, kept, tests, dialect);
  let sum = withColumns(sided, { [name]: double(model.first) });
  for (let start = 0; start < walks.length; start += GROUP) {
    const end = start + GROUP;
    const rest = end < walks.length ? sided.names : kept;
    sum = addTrees(sum, walks.slice(start, end), rest, name, tests, dialect);
  }
  return withColumns(sum, {}, [...kept, name]);
}

interface Tests extends TestColumns {
  /** The list of all left and then all right columns. */
  readonly all: string;
}

function testColumns(
  columns: Columns,
  walks: readonly TreeWalk[],
  inputs: readonly string[],
  kept: readonly string[],
  tests: Tests,
  { list }: ModelDialect,
): Columns {
  const left = inputs.map((x, j) => [
    `${tests.left}${j}`,
    `coalesce(${x}, ${double(Number.NEGATIVE_INFINITY)})`,
  ]);
  const right = inputs.map((x, j) => [
    `${tests.right}${j}`,
    `coalesce(${x}, ${double(Number.POSITIVE_INFINITY)})`,
  ]);
  const sided = withColumns(columns, Object.fromEntries([...left, ...right]), kept);
  if (!walks.some(isWalked)) return sided;
  return withColumns(sided, { [tests.all]: list([...left, ...right].map(([column]) => column)) });
}

/** The sum in column `name` with the predictions of more trees, beside the columns `rest`. */
function addTrees(
  columns: Columns,
  walks: readonly TreeWalk[],
  rest: readonly string[],
  name: string,
  tests: Tests,
  dialect: ModelDialect,
): Columns {
  const tops = walks.map(({ top }) => top(tests));
  if (!walks.some(isWalked)) return withColumns(columns, { [name]: [name, ...tops].join(' + ') }, rest);
  const at = walks.map((_, t) => `${name}_${t}`);
  const carried = new Set([...rest, name, tests.all]);
  let walked = withColumns(columns, Object.fromEntries(tops.map((top, t) => [at[t], top])), [...carried]);
  const depth = Math.max(...walks.map(({ levels }) => levels.length));
  for (let d = 0; d < depth; d++) walked = stepDown(walked, walks, d, at, tests.all, dialect);
  const values = walks.map((walk, t) =>
    isWalked(walk) ? `${dialect.doubles(walk.leaves)}[${at[t]}]` : at[t],
  );
  return withColumns(walked, { [name]: [name, ...values].join(' + ') }, rest);
}

function isWalked({ levels }: TreeWalk): boolean {
  return levels.length > 0;
}

/** The places of the trees that have a level at this depth, one level further down. */
function stepDown(
  columns: Columns,
  walks: readonly TreeWalk[],
  depth: number,
  at: readonly string[],
  all: string,
  dialect: ModelDialect,
): Columns {
  const moved = walks.flatMap(({ levels }, t) =>
    depth < levels.length ? [[at[t], childPlace(levels[depth], at[t], all, dialect)]] : [],
  );
  return withColumns(
    columns,
    Object.fromEntries(moved),
    without(
      columns.names,
      moved.map(([column]) => column),
    ),
  );
}

function childPlace(
  { inputs, thresholds, children }: TreeLevel,
  at: string,
  all: string,
  { integers, doubles }: ModelDialect,
): string {
  const test = `${all}[${integers(inputs)}[${at}]] <= ${doubles(thresholds)}[${at}]`;
  return `${integers(children)}[${at}] + case when ${test} then 0 else 1 end`;
}
