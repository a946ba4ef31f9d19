import { type Catalogue, popularity } from '../catalogue.ts';
import { choose, weightedChoice } from '../weighted-choice.ts';

/**
 * The catalogue with all songs of the same whole seconds taken together: what a continuation needs to know of a song is
 * how long it plays, and a table of some hundred lengths stays in the processor's cache.
 */
export function durationsOf(catalogue: Catalogue): Catalogue {
  const weights = new Map<number, number>();
  catalogue.seconds.forEach((seconds, song) => {
    weights.set(seconds, (weights.get(seconds) ?? 0) + popularity(song));
  });
  const choice = weightedChoice(Float64Array.from(weights.values()));
  const seconds = Uint16Array.from(weights.keys());
  return {
    pick: (stream) => choose(choice, stream),
    lengths: Int32Array.from(seconds, (length) => length * 1e5),
    seconds,
  };
}
