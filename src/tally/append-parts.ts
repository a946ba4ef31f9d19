import type { EmbeddedEngine } from '../engine/engine.ts';
import type { ThreadCodes } from './log-tally.ts';
import { partRows } from './part-rows.ts';
import type { Extent } from './spill.ts';

/** Numbers of four bytes that wait for those of further slices: of very many small files each gives a handful, and a handing over takes 3 ms. */
const mostWaiting = 2 ** 21;

/** Hands the parts of slices to the engine's table `tally_parts`, in the order in which they come. */
export class PartsAppender {
  readonly #engine: EmbeddedEngine;
  readonly #names: readonly string[];
  #waiting: { readonly extent: Extent; readonly codes: ThreadCodes }[] = [];
  #numbers = 0;
  #done = Promise.resolve();

  constructor(engine: EmbeddedEngine, names: readonly string[]) {
    this.#engine = engine;
    this.#names = names;
  }

  add(extent: Extent, codes: ThreadCodes): void {
    this.#waiting.push({ extent, codes });
    this.#numbers += extent.length;
    if (this.#numbers >= mostWaiting) this.#append();
  }

  /** Once the engine has them all. @throws EngineError of any handing over. */
  end(): Promise<void> {
    if (this.#waiting.length > 0) this.#append();
    return this.#done;
  }

  #append(): void {
    const parts = this.#waiting;
    this.#waiting = [];
    this.#numbers = 0;
    this.#done = this.#done.then(() =>
      this.#engine.append(
        'tally_parts',
        parts.map(({ extent, codes }) => partRows(extent, codes, this.#names)),
      ),
    );
    // Its failure is thrown at the end.
    this.#done.catch(() => {});
  }
}
