/**
 * Hands out tasks in their order, save that who did a task goes on with those of the same key, and who finds none left begins with a key
 * that nobody has begun, if there is one: what tasks of a key have in common is then made in one place.
 */
export class TaskQueue<Task> {
  readonly #keys: readonly unknown[];
  readonly #waiting: Set<number>;
  readonly #begun = new Set<unknown>();

  constructor(tasks: readonly Task[], keyOf: (task: Task) => unknown) {
    this.#keys = tasks.map(keyOf);
    this.#waiting = new Set(tasks.keys());
  }

  /**
   * @param last the task that the taker did last; undefined where it did none.
   * @param end only tasks before this one are handed out.
   * @returns the place of a task; undefined where none is left.
   */
  take(last: number | undefined, end: number): number | undefined {
    const index = this.#choose(last, end);
    if (index === undefined) return undefined;
    this.#waiting.delete(index);
    this.#begun.add(this.#keys[index]);
    return index;
  }

  #choose(last: number | undefined, end: number): number | undefined {
    let first: number | undefined;
    let fresh: number | undefined;
    for (const index of this.#waiting) {
      if (index >= end) break;
      const key = this.#keys[index];
      if (last !== undefined && key === this.#keys[last]) return index;
      first ??= index;
      if (fresh === undefined && !this.#begun.has(key)) fresh = index;
    }
    return fresh ?? first;
  }
}
