import type { Effects } from '../effects.ts';

/** Seconds of each stage, in the order in which they were run; tells of each as it begins. */
export class Stopwatch {
  readonly seconds: Record<string, number> = {};
  readonly #now: Effects['now'];
  readonly #progress: Effects['progress'];

  constructor({ now, progress }: Pick<Effects, 'now' | 'progress'>) {
    this.#now = now;
    this.#progress = progress;
  }

  async time<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const start = this.#now();
    this.#progress({ stage, done: 0, total: 1, unit: 'steps' });
    try {
      return await work();
    } finally {
      this.seconds[stage] = (this.seconds[stage] ?? 0) + (this.#now() - start) / 1000;
    }
  }
}
