import { numbersOf, stringsOf, type Table } from '../table/table.ts';

/** Records by user and day, gathered from batches in that order. */
export class HistoryRecords {
  readonly #channels: readonly string[];
  readonly #days: Int32Array[] = [];
  readonly #values: Float32Array[] = [];
  readonly #ofUser = new Map<string, [start: number, end: number]>();
  #count = 0;

  constructor(channels: readonly string[]) {
    this.#channels = channels;
  }

  add(batch: Table): void {
    const values = new Float32Array(batch.rows * this.#channels.length);
    this.#channels.forEach((channel, c) => {
      const column = numbersOf(batch, channel);
      for (let r = 0; r < batch.rows; r++) values[r * this.#channels.length + c] = column[r];
    });
    this.#days.push(Int32Array.from(numbersOf(batch, 'day')));
    this.#values.push(values);
    for (const user of stringsOf(batch, 'user')) {
      const range = this.#ofUser.get(user);
      if (range === undefined) this.#ofUser.set(user, [this.#count, this.#count + 1]);
      else range[1]++;
      this.#count++;
    }
  }

  gathered(): {
    days: Int32Array;
    values: Float32Array;
    ofUser: ReadonlyMap<string, readonly [number, number]>;
  } {
    const days = new Int32Array(this.#count);
    const values = new Float32Array(this.#count * this.#channels.length);
    let at = 0;
    this.#days.forEach((some, k) => {
      days.set(some, at);
      values.set(this.#values[k], at * this.#channels.length);
      at += some.length;
    });
    return { days, values, ofUser: this.#ofUser };
  }
}
