import type { Effects } from '../effects.ts';

/**
 * Seconds of each stage, in the order in which they were first begun; tells of each as it begins. Time in which several stages run
 * is shared between them in equal parts, so that all seconds add up to what passed.
 */
export class Stopwatch {
  readonly seconds: Record<string, number> = {};
  readonly #now: Effects['now'];
  readonly #progress: Effects['progress'];
  readonly #running: string[] = [];
  #shared = 0;

  constructor({ now, progress }: Pick<Effects, 'now' | 'progress'>) {
    this.#now = now;
    this.#progress = progress;
  }

  async time<T>(stage: string, work: () => Promise<T>): Promise<T> {
    this.#share();
    this.seconds[stage] ??= 0;
    this.#running.push(stage);
    this.#progress({ stage, done: 0, total: 1, unit: 'steps' });
    try {
      return await work();
    } finally {
      this.#share();
      this.#running.splice(this.#running.indexOf(stage), 1);
    }
  }

  #share(): void {
    const now = this.#now();
    const part = (now - this.#shared) / 1000 / this.#running.length;
    for (const stage of this.#running) this.seconds[stage] += part;
    this.#shared = now;
  }
}
