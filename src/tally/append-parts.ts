import type { EmbeddedEngine, NumberColumns } from '../engine/engine.ts';
import type { ThreadCodes } from './log-tally.ts';
import { inCodesOfLog, partColumns } from './part-rows.ts';
import type { Extent } from './spill.ts';

/** Numbers of four bytes that wait for those of further slices: of very many small files each gives a handful, and a handing over takes 3 ms. */
const mostWaiting = 2 ** 21;

/** Hands the parts of slices to the engine's table `tally_parts`, in the order in which they come. */
export class PartsAppender {
  readonly #engine: EmbeddedEngine;
  readonly #like: NumberColumns;
  #waiting: { readonly extent: Extent; readonly codes: ThreadCodes }[] = [];
  #numbers = 0;
  #done = Promise.resolve();

  /** @param like a table of such parts. */
  constructor(engine: EmbeddedEngine, like: NumberColumns) {
    this.#engine = engine;
    this.#like = like;
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
        parts.map(({ extent, codes }) => inCodesOfLog(partColumns(extent, this.#like), codes)),
      ),
    );
    // Its failure is thrown at the end.
    this.#done.catch(() => {});
  }
}
