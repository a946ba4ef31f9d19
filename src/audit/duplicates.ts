import type { ExampleRows } from '../features/examples.ts';
import type { Matrix } from '../models/matrix.ts';
import type { Finding } from './finding.ts';

/** A column tells people apart when so large a share of the distinct rows have a value of their own in it. */
const TELLING_APART = 0.5;
/** In so many such columns equal rows must share a value that is not the column's most common one, as 0 often is. */
const SHARED_COLUMNS = 2;
/** One pair of equal rows may be two people who did the same. */
const FEWEST_PAIRS = 2;

/**
 * Rows that stand twice: the same user at the same cutoff, or all values equal under different users, that at least two
 * columns would tell apart. Whatever splits such rows puts the answer beside the question.
 * @param isDated whether the cutoffs mean something; a table without them may hold several rows of a user.
 */
export function findDuplicates(rows: ExampleRows, isDated: boolean): Finding[] {
  return [...(isDated ? repeatedExamples(rows) : []), ...equalRows(rows)];
}

function repeatedExamples({ users, cutoffs }: ExampleRows): Finding[] {
  const seen = new Set<string>();
  const twice = users.filter((user, row) => {
    const key = `${cutoffs[row]} ${user}`;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
  if (twice.length === 0) return [];
  return [
    {
      check: 'duplicate rows',
      severity: 'leak',
      evidence: { rows: twice.length },
      words: `${twice.length} ${twice.length === 1 ? 'row repeats' : 'rows repeat'} a user at a cutoff that already has a row, such as ${JSON.stringify(twice[0])}: a split may put one to learn from and the other to judge by.`,
    },
  ];
}

function equalRows({ users, matrix }: ExampleRows): Finding[] {
  const hashes = rowHashes(matrix);
  const firstOf = new Map<number, number>();
  const pairs: [number, number][] = [];
  hashes.forEach((hash, row) => {
    const first = firstOf.get(hash);
    if (first === undefined) firstOf.set(hash, row);
    else if (users[first] !== users[row] && areEqual(matrix, first, row)) pairs.push([first, row]);
  });
  if (pairs.length < FEWEST_PAIRS) return [];
  const telling = tellingColumns(matrix, [...firstOf.values()]);
  const same = pairs.filter(
    ([row]) =>
      telling.filter(({ values, common }) => !Number.isNaN(values[row]) && values[row] !== common).length >=
      SHARED_COLUMNS,
  );
  if (same.length < FEWEST_PAIRS) return [];
  const [a, b] = same[0];
  return [
    {
      check: 'duplicate rows',
      severity: 'leak',
      evidence: { rows: same.length },
      words: `${same.length} rows equal another user's in every value, such as those of ${JSON.stringify(users[a])} and ${JSON.stringify(users[b])}: a split by user does not keep them apart.`,
    },
  ];
}

/** Columns in which most of the distinct rows have a value of their own, each with its most common value, if any stands twice. */
function tellingColumns({ columns }: Matrix, distinct: readonly number[]) {
  return columns.flatMap((values) => {
    const counts = new Map<number, number>();
    for (const row of distinct) counts.set(values[row], (counts.get(values[row]) ?? 0) + 1);
    if (counts.size < TELLING_APART * distinct.length) return [];
    const [common, times] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
    return [{ values, common: times > 1 ? common : undefined }];
  });
}

/** 53 bits of each row's values: two FNV-1a hashes (Fowler, Noll and Vo 1991) of the doubles' words. */
function rowHashes({ rows, columns }: Matrix): Float64Array {
  const low = new Uint32Array(rows).fill(0x811c9dc5);
  const high = new Uint32Array(rows).fill(0x01000193);
  const values = new Float64Array(rows);
  const words = new Uint32Array(values.buffer);
  for (const column of columns) {
    // One bit pattern for every missing value, and none for −0.
    for (let row = 0; row < rows; row++) {
      values[row] = Number.isNaN(column[row]) ? Number.NaN : column[row] + 0;
    }
    for (let row = 0; row < rows; row++) {
      low[row] = Math.imul(Math.imul(low[row] ^ words[2 * row], 16777619) ^ words[2 * row + 1], 16777619);
      high[row] = Math.imul(
        Math.imul(high[row] ^ words[2 * row + 1], 2246822519) ^ words[2 * row],
        3266489917,
      );
      high[row] ^= high[row] >>> 15;
    }
  }
  return Float64Array.from(low, (hash, row) => (high[row] >>> 11) * 2 ** 32 + hash);
}

function areEqual({ columns }: Matrix, a: number, b: number): boolean {
  return columns.every(
    (column) => column[a] === column[b] || (Number.isNaN(column[a]) && Number.isNaN(column[b])),
  );
}
