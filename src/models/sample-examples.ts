import { createRandom, hash32 } from '../random.ts';
import { drawDistinct } from './draw-distinct.ts';
import type { Examples } from './matrix.ts';
import { selectExamples } from './select-examples.ts';

/**
 * The examples with the given indices, which rise, but at most `most` of them, drawn by the seed. The rarer outcome is kept whole, or up to half of `most`, and the other fills up
 * what is left. Weights say for how many each example stands, so that probabilities learned from them mean the shares of all
 * (King and Zeng 2001, section 4.2); for a learner that takes no weights, both outcomes are thinned alike instead.
 */
export function sampleExamples(
  examples: Examples,
  rows: Int32Array,
  most: number,
  seed: number,
  takesWeights: boolean,
): Examples {
  if (rows.length <= most) return selectExamples(examples, rows);
  const random = createRandom(hash32('examples', seed));
  const outcomes = [0, 1].map((label) => rows.filter((row) => examples.labels[row] === label));
  const kept = takesWeights ? countsByRarity(outcomes, most) : countsAlike(outcomes, most);
  const drawn = outcomes.flatMap((own, label) =>
    Array.from(drawDistinct(random, own.length, kept[label]), (k) => own[k]),
  );
  const sample = selectExamples(examples, Int32Array.from(drawn).sort());
  if (!takesWeights) return sample;
  const standsFor = outcomes.map((own, label) => own.length / kept[label]);
  const weights = new Float64Array(sample.labels.length);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = standsFor[sample.labels[i]] * (sample.weights === undefined ? 1 : sample.weights[i]);
  }
  return { ...sample, weights };
}

function countsByRarity([stayed, lost]: readonly Int32Array[], most: number): number[] {
  const rarer = Math.min(stayed.length, lost.length, Math.floor(most / 2));
  return lost.length <= stayed.length ? [most - rarer, rarer] : [rarer, most - rarer];
}

/** Each outcome's share of `most`, at least one row of each that occurs. */
function countsAlike([stayed, lost]: readonly Int32Array[], most: number): number[] {
  const ofLost = Math.round((most * lost.length) / (stayed.length + lost.length));
  const bounded = Math.min(Math.max(ofLost, Math.min(1, lost.length)), most - Math.min(1, stayed.length));
  return [most - bounded, bounded];
}
