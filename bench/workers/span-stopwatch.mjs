import { Stopwatch } from '../../dist/pipeline/stopwatch.js';

/** Also tells when each stage began and ended, in ms since 1970: `{stage, begin, end}`. */
export class SpanStopwatch extends Stopwatch {
  spans = [];
  #now;

  constructor(effects) {
    super(effects);
    this.#now = effects.now;
  }

  async time(stage, work) {
    const begin = this.#now();
    try {
      return await super.time(stage, work);
    } finally {
      this.spans.push({ stage, begin, end: this.#now() });
    }
  }
}
