import type { ExampleRows } from '../features/examples.ts';
import type { Matrix } from '../models/matrix.ts';
import type { Finding } from './finding.ts';

/** So large a share of the users must have a value of their own. */
const OWN_VALUES = 0.95;
/** Of a table with a row a user, whole numbers are an index when they fill so much of their range. */
const DENSITY = 0.5;
/** Fewer users than this have values of their own in honest columns, too. */
const FEWEST_USERS = 20;

/**
 * Columns that say who a user is, not what they do: the user's key itself, an index of it, or any whole number or text that is each user's
 * own and never changes. Keys are given out in order, so that they hold the cohort and the source of a user, and a model that learns
 * them knows people, not behaviour.
 */
export function findIdentifiers(rows: ExampleRows): Finding[] {
  const firstRowOf = new Map<string, number>();
  rows.users.forEach((user, row) => {
    if (!firstRowOf.has(user)) firstRowOf.set(user, row);
  });
  if (firstRowOf.size < FEWEST_USERS) return [];
  const keys = Float64Array.from(rows.users, (user) => (user.trim() === '' ? Number.NaN : Number(user)));
  const firstRows = Int32Array.from(rows.users, (user, row) => firstRowOf.get(user) ?? row);
  return rows.matrix.names.flatMap((feature, j): Finding[] => {
    const why = isKey(rows, j, keys)
      ? "is the user's key"
      : whyIndex(rows.matrix, j, firstRows, firstRowOf.size);
    if (why === undefined) return [];
    return [
      {
        check: 'identifier',
        severity: 'leak',
        feature,
        evidence: { users: firstRowOf.size },
        words: `${feature} ${why}: it says who a user is, not what they do. Leave it out.`,
      },
    ];
  });
}

/** Whether the column is the user's key, as text or as a number. */
function isKey({ users, matrix }: ExampleRows, j: number, keys: Float64Array): boolean {
  const values = matrix.columns[j];
  const levels = matrix.levels?.[j];
  const least = OWN_VALUES * values.length;
  let others = 0;
  for (let row = 0; row < values.length; row++) {
    const isSame = levels ? levels[values[row]] === users[row] : values[row] === keys[row];
    if (!isSame && values.length - ++others < least) return false;
  }
  return true;
}

/** Why the column is as good as a key, if it is. @param firstRows by row, the first of its user. */
function whyIndex(matrix: Matrix, j: number, firstRows: Int32Array, users: number): string | undefined {
  const values = matrix.columns[j];
  const isText = matrix.levels?.[j] !== undefined;
  const own = ownValues(values, firstRows, users, isText);
  if (own === undefined || !values.every((value, row) => Object.is(values[firstRows[row]], value)))
    return undefined;
  // With a row a user everything is constant: there it takes more to be sure.
  if (isText || values.length >= 1.5 * users) return 'is another value for each user, and never changes';
  return isDense(own) ? 'numbers the users one by one' : undefined;
}

/** The users' first values, those that are there; undefined where one is no whole number or text, or too many users share theirs. */
function ownValues(
  values: Float64Array,
  firstRows: Int32Array,
  users: number,
  isText: boolean,
): number[] | undefined {
  const own: number[] = [];
  const distinct = new Set<number>();
  let looked = 0;
  for (let row = 0; row < values.length; row++) {
    if (firstRows[row] !== row) continue;
    looked++;
    const value = values[row];
    if (!Number.isNaN(value)) {
      if (!isText && !Number.isInteger(value)) return undefined;
      own.push(value);
      distinct.add(value);
    }
    // Not even if every user that is left had a value of their own.
    if (distinct.size + users - looked < OWN_VALUES * users) return undefined;
  }
  return own;
}

function isDense(values: readonly number[]): boolean {
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return values.length >= DENSITY * (high - low + 1);
}
