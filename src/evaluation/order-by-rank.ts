/** Rows by rising rank, those of one rank in their order: a sort by counting. @param ranks 0 … `count` − 1, one a row. */
export function orderByRank(ranks: Int32Array, count: number): Int32Array {
  const next = new Int32Array(count + 1);
  for (let row = 0; row < ranks.length; row++) next[ranks[row] + 1]++;
  for (let rank = 0; rank < count; rank++) next[rank + 1] += next[rank];
  const order = new Int32Array(ranks.length);
  for (let row = 0; row < ranks.length; row++) order[next[ranks[row]]++] = row;
  return order;
}
