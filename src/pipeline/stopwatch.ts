import type { Effects } from '../effects.ts';

/** Seconds of each stage, in the order in which they were run. */
export class Stopwatch {
  readonly seconds: Record<string, number> = {};
  readonly #now: Effects['now'];

  constructor({ now }: Pick<Effects, 'now'>) {
    this.#now = now;
  }

  async time<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const start = this.#now();
    try {
      return await work();
    } finally {
      this.seconds[stage] = (this.seconds[stage] ?? 0) + (this.#now() - start) / 1000;
    }
  }
}
