import { createRandom, hash32 } from '../../random.ts';
import type { Examples } from '../matrix.ts';

/** Row indices, rising. */
export interface Holdout {
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

/**
 * Holds out a share of the users, of those ever lost and of the others alike: a user's rows stand on one side. Nobody is held
 * out where either side would have no lost or no other user.
 */
export function holdOutUsers(
  { labels, groups }: Pick<Examples, 'labels' | 'groups'>,
  share: number,
  seed: number,
): Holdout {
  const everLost = new Map<number, boolean>();
  groups.forEach((user, row) => {
    everLost.set(user, everLost.get(user) === true || labels[row] === 1);
  });
  const random = createRandom(hash32('holdout', seed));
  const draw = (lost: boolean): number[] | undefined => {
    const users = [...everLost.keys()].filter((user) => everLost.get(user) === lost).sort((a, b) => a - b);
    const count = Math.round(users.length * share);
    return count > 0 && count < users.length ? random.shuffle(users).slice(0, count) : undefined;
  };
  const lost = draw(true);
  const others = draw(false);
  const held = new Set(lost && others ? [...lost, ...others] : []);
  const rows = Int32Array.from(groups.keys());
  return {
    trainRows: rows.filter((row) => !held.has(groups[row])),
    validationRows: rows.filter((row) => held.has(groups[row])),
  };
}
