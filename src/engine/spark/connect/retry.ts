import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../random.ts';

/** How often and how soon a failed call is tried again. Delays are in milliseconds. */
export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly attempts: number;
  readonly firstDelay: number;
  /** Each delay is the one before times this … */
  readonly factor: number;
  /** … up to this. */
  readonly longestDelay: number;
  /** Up to this share is added to each delay, so that many clients do not come back at once. */
  readonly jitter: number;
}

const longestAsked = 60_000;

/** About 40 seconds in all. */
export const defaultRetry: RetryPolicy = {
  attempts: 10,
  firstDelay: 100,
  factor: 2,
  longestDelay: 10_000,
  jitter: 0.3,
};

/** Waits before attempts of one call; the same seed waits alike. */
export class Backoff {
  readonly policy: RetryPolicy;
  readonly #random: () => number;
  #failures = 0;

  constructor(policy: RetryPolicy, seed: number) {
    this.policy = policy;
    this.#random = createRandom(seed).float;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Notes that something came through, so that the count begins anew. */
  reset(): void {
    this.#failures = 0;
  }

  /**
   * Notes a failure and waits.
   *
   * @param atLeast milliseconds that the server asked for; a minute at most is granted.
   * @returns false, at once, when no attempt is left.
   */
  async again(atLeast = 0, signal?: AbortSignal): Promise<boolean> {
    const { attempts, firstDelay, factor, longestDelay, jitter } = this.policy;
    this.#failures += 1;
    if (this.#failures >= attempts) return false;
    const delay = Math.min(firstDelay * factor ** (this.#failures - 1), longestDelay);
    await sleep(
      Math.max(delay, Math.min(atLeast, longestAsked)) * (1 + jitter * this.#random()),
      undefined,
      signal && { signal },
    );
    return true;
  }
}
