import { UsageError } from '../errors.ts';
import { createRandom, hash32 } from '../random.ts';

/**
 * Draws as many users as there are, with replacement, `replicates` times; `visit` gets how often each user was
 * drawn, in an array that the next replicate overwrites.
 *
 * @throws UsageError unless `replicates` is a whole number above 0.
 */
export function resampleUsers(
  users: number,
  replicates: number,
  seed: number,
  visit: (drawn: Int32Array) => void,
): void {
  if (!(Number.isInteger(replicates) && replicates > 0)) {
    throw new UsageError(
      `${replicates} bootstrap replicates were asked for; expected a whole number above 0.`,
    );
  }
  const random = createRandom(hash32('bootstrap', seed));
  const drawn = new Int32Array(users);
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawn.fill(0);
    random.count(drawn, users);
    visit(drawn);
  }
}
