/** The events of a slice of time as columns: 24 bytes an event, reused from slice to slice. */
export class RowBuffer {
  count = 0;
  /** Seconds since the slice began. */
  second = new Int32Array(INITIAL);
  /** Index of the listener within the partition. */
  listener = new Int32Array(INITIAL);
  state = new Uint8Array(INITIAL);
  session = new Int32Array(INITIAL);
  itemInSession = new Int32Array(INITIAL);
  song = new Int32Array(INITIAL);

  /** Makes room for one more event. */
  reserve(): void {
    if (this.count < this.second.length) return;
    this.second = doubled(this.second);
    this.listener = doubled(this.listener);
    const states = new Uint8Array(this.state.length * 2);
    states.set(this.state);
    this.state = states;
    this.session = doubled(this.session);
    this.itemInSession = doubled(this.itemInSession);
    this.song = doubled(this.song);
  }
}

/**
 * The order of the events by time (counting sort): events of the same second stay in the order they were added.
 *
 * @returns the events' indices; `ends[s]` counts the events up to and with second s of the slice.
 */
export function orderBySecond(rows: RowBuffer, seconds: number): { order: Int32Array; ends: Int32Array } {
  const { count, second } = rows;
  const ends = new Int32Array(seconds);
  for (let i = 0; i < count; i++) ends[second[i]]++;
  for (let s = 1; s < seconds; s++) ends[s] += ends[s - 1];
  const order = new Int32Array(count);
  const fill = ends.slice();
  for (let i = count - 1; i >= 0; i--) order[--fill[second[i]]] = i;
  return { order, ends };
}

const INITIAL = 4096;

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
