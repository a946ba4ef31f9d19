import fc from 'fast-check';
import { createRandom } from '../../src/random.ts';

/** Labelled rows of a few users. */
export interface Rows {
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  readonly groups: Int32Array;
}

/** Any rows: ties, extremes, one label and no rows among them. */
export const anyRows: fc.Arbitrary<Rows> = fc
  .array(
    fc.record({
      label: fc.integer({ min: 0, max: 1 }),
      probability: fc.oneof(
        fc.constantFrom(0, -0, 0.1, 0.25, 0.5, 1, Number.MIN_VALUE, 1 - Number.EPSILON / 2),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      group: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 60 },
  )
  .map((rows) => ({
    labels: Uint8Array.from(rows, ({ label }) => label),
    probabilities: Float64Array.from(rows, ({ probability }) => probability),
    groups: Int32Array.from(rows, ({ group }) => group),
  }));

/** `users` users with two rows each; the lost score somewhat higher. */
export function simulatedRows(users: number, seed: number, digits = 3): Rows {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: 2 * users }, () => (random.float() < 0.2 ? 1 : 0));
  return {
    labels,
    probabilities: Float64Array.from(labels, (label) =>
      Number((0.6 * random.float() + 0.2 * label).toFixed(digits)),
    ),
    groups: Int32Array.from(labels, (_, row) => row >> 1),
  };
}

export function permuted(rows: Rows, seed: number): Rows {
  const order = createRandom(seed).shuffle(Int32Array.from(rows.labels.keys()));
  return {
    labels: Uint8Array.from(order, (row) => rows.labels[row]),
    probabilities: Float64Array.from(order, (row) => rows.probabilities[row]),
    groups: Int32Array.from(order, (row) => rows.groups[row]),
  };
}
