import type { Scores, TextColumn } from '../report/scores.ts';

export interface Filter {
  /** Part of a user's name or of a reason; upper and lower case are alike. */
  readonly query: string;
  /** Least probability; NaN rows pass only when it is 0. */
  readonly least: number;
  /** Indices of the texts asked for; any where absent. */
  readonly plan?: number | undefined;
  readonly device?: number | undefined;
}

export type SortKey = 'rank' | 'name' | 'probability' | 'plan' | 'device' | 'reason';
export interface Order {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The rows that pass the filter, ascending. */
export function filterRows(scores: Scores, { query, least, plan, device }: Filter): Int32Array {
  const needle = query.trim().toLowerCase();
  const { size, name, probability } = scores;
  const textMatches = scores.reason.texts.map((text) => needle !== '' && text.toLowerCase().includes(needle));
  const rows = new Int32Array(size);
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (least > 0 && !(probability[i] >= least)) continue;
    if (plan !== undefined && scores.plan.index[i] !== plan) continue;
    if (device !== undefined && scores.device.index[i] !== device) continue;
    if (needle === '' || name[i].toLowerCase().includes(needle) || anyReason(scores, i, textMatches))
      rows[count++] = i;
  }
  return rows.slice(0, count);
}

/** The rows in order; equal ones stay in the order of their row numbers, missing values come last. */
export function sortRows(rows: Int32Array, scores: Scores, { key, descending }: Order): Int32Array {
  const value = sortValue(scores, key);
  const sign = descending ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return sign * (x - y) || a - b;
  });
}

function anyReason({ firstReason, reason }: Scores, row: number, textMatches: readonly boolean[]): boolean {
  for (let k = firstReason[row]; k < firstReason[row + 1]; k++) if (textMatches[reason.index[k]]) return true;
  return false;
}

type Value = (row: number) => number;

/** A number to order rows by; NaN where the row has nothing of the kind. */
function sortValue(scores: Scores, key: SortKey): Value {
  switch (key) {
    case 'rank':
      return (row) => row;
    case 'probability':
      return (row) => scores.probability[row];
    case 'name': {
      const place = placesOf(scores.name);
      return (row) => place[row];
    }
    case 'reason': {
      const { firstReason, reason } = scores;
      const place = placesOf(reason.texts);
      return (row) =>
        firstReason[row] === firstReason[row + 1] ? Number.NaN : place[reason.index[firstReason[row]]];
    }
    default:
      return placeInColumn(scores[key]);
  }
}

function placeInColumn({ texts, index }: TextColumn): Value {
  const place = placesOf(texts);
  return (row) => (texts[index[row]] === '' ? Number.NaN : place[index[row]]);
}

/** Where each text stands in natural order, in which 9 comes before 10; equal texts stand together. */
function placesOf(texts: readonly string[]): Float64Array {
  const natural = new Intl.Collator('en', { numeric: true });
  const order = texts.map((_, i) => i).sort((a, b) => natural.compare(texts[a], texts[b]));
  const place = new Float64Array(texts.length);
  for (let i = 1; i < order.length; i++)
    place[order[i]] =
      place[order[i - 1]] + (natural.compare(texts[order[i - 1]], texts[order[i]]) === 0 ? 0 : 1);
  return place;
}
