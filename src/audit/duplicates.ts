import type { ExampleRows } from '../features/examples.ts';
import type { Matrix } from '../models/matrix.ts';
import type { Finding } from './finding.ts';

/** A column tells people apart when so large a share of the distinct rows have a value of their own in it. */
const TELLING_APART = 0.5;
/** One pair of equal rows may be two people who did the same. */
const FEWEST_PAIRS = 2;

/**
 * Rows that stand twice: the same user at the same cutoff, or all values equal under different users, of a table in which at least one
 * column would tell two people apart. Whatever splits such rows puts the answer beside the question.
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
  const distinct = [...firstOf.values()];
  const isTelling = matrix.columns.some(
    (column) => new Set(distinct.map((row) => column[row])).size >= TELLING_APART * distinct.length,
  );
  if (!isTelling) return [];
  const [a, b] = pairs[0];
  return [
    {
      check: 'duplicate rows',
      severity: 'leak',
      evidence: { rows: pairs.length },
      words: `${pairs.length} rows equal another user's in every value, such as those of ${JSON.stringify(users[a])} and ${JSON.stringify(users[b])}: a split by user does not keep them apart.`,
    },
  ];
}

/** 53 bits of each row's values: two FNV-1a hashes (Fowler, Noll and Vo 1991) of the doubles' words. */
function rowHashes({ rows, columns }: Matrix): Float64Array {
  const low = new Uint32Array(rows).fill(0x811c9dc5);
  const high = new Uint32Array(rows).fill(0x01000193);
  for (const column of columns) {
    // One bit pattern for every missing value, and none for −0.
    const words = new Uint32Array(
      column.map((value) => (Number.isNaN(value) ? Number.NaN : value + 0)).buffer,
    );
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
