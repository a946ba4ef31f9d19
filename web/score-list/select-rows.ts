import type { Scores } from '../report/scores.ts';

export interface Filter {
  /** Part of a user's name or of a reason; upper and lower case are alike. */
  readonly query: string;
  /** Least probability; NaN rows pass only when it is 0. */
  readonly least: number;
}

export type SortKey = 'rank' | 'user' | 'probability' | 'reason';
export interface Order {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The rows that pass the filter, ascending. */
export function filterRows(scores: Scores, { query, least }: Filter): Int32Array {
  const needle = query.trim().toLowerCase();
  const { size, user, probability } = scores;
  const textMatches = scores.texts.map((text) => needle !== '' && text.toLowerCase().includes(needle));
  const rows = new Int32Array(size);
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (least > 0 && !(probability[i] >= least)) continue;
    if (needle === '' || user[i].toLowerCase().includes(needle) || anyReason(scores, i, textMatches))
      rows[count++] = i;
  }
  return rows.slice(0, count);
}

/** The rows in order; equal ones stay in the order of their row numbers, missing numbers come last. */
export function sortRows(rows: Int32Array, scores: Scores, { key, descending }: Order): Int32Array {
  const compare = comparison(scores, key);
  const sign = descending ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const [lateA, lateB] = [isMissing(scores, key, a), isMissing(scores, key, b)];
    if (lateA || lateB) return Number(lateA) - Number(lateB) || a - b;
    return sign * compare(a, b) || a - b;
  });
}

function anyReason(
  { firstReason, reasonText }: Scores,
  row: number,
  textMatches: readonly boolean[],
): boolean {
  for (let k = firstReason[row]; k < firstReason[row + 1]; k++) if (textMatches[reasonText[k]]) return true;
  return false;
}

type Compare = (a: number, b: number) => number;

function comparison(scores: Scores, key: SortKey): Compare {
  if (key === 'user') return byPlace(scores.user);
  if (key === 'reason') {
    const place = byPlace(scores.texts);
    return (a, b) => place(mainReason(scores, a), mainReason(scores, b));
  }
  const values = scores[key];
  return (a, b) => values[a] - values[b];
}

/** Compares indices by where their texts stand in natural order, in which 9 comes before 10; each is placed once. */
function byPlace(texts: readonly string[]): Compare {
  const natural = new Intl.Collator('en', { numeric: true });
  const order = texts.map((_, i) => i).sort((a, b) => natural.compare(texts[a], texts[b]));
  const place = new Float64Array(texts.length);
  for (let i = 1; i < order.length; i++)
    place[order[i]] =
      place[order[i - 1]] + (natural.compare(texts[order[i - 1]], texts[order[i]]) === 0 ? 0 : 1);
  return (a, b) => place[a] - place[b];
}

function mainReason({ firstReason, reasonText }: Scores, row: number): number {
  return reasonText[firstReason[row]];
}

/** Where the sort key has no value, the row belongs at the end whichever the direction. */
function isMissing(scores: Scores, key: SortKey, row: number): boolean {
  if (key === 'user') return false;
  if (key === 'reason') return scores.firstReason[row] === scores.firstReason[row + 1];
  return Number.isNaN(scores[key][row]);
}
