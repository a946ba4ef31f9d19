import { NothingToLearnError, UsageError } from '../errors.ts';
import { createRandom, hash32 } from '../random.ts';

/**
 * The fold of each user, 0 … folds − 1. Users are dealt out in the order of a seeded hash of their key, first
 * those ever lost, then the others: so the folds differ by at most one user in each kind and in all, and a
 * user's fold does not depend on the order of the users.
 *
 * @param users distinct keys.
 * @param everLost 1 = the user is lost in some example that may be learned from.
 * @param isTrained 1 = the user has such an example; by default all have. The others are dealt out last, so that they change no fold of
 *   those who have.
 * @throws UsageError unless `folds` is a whole number above 1; NothingToLearnError when there are fewer users
 *   than folds, or fewer than two were ever lost: a fit would then see no loss; RangeError when a key is there
 *   twice or the lengths differ.
 */
export function userFolds(
  users: readonly string[],
  everLost: Uint8Array,
  folds: number,
  seed: number,
  isTrained: Uint8Array = new Uint8Array(users.length).fill(1),
): Int32Array {
  checkUsers(users, everLost, folds);
  const salt = createRandom(seed).uint32();
  const hashes = users.map((user) => hash32(user, salt));
  const dealt = Int32Array.from(users.keys()).sort(
    (a, b) =>
      everLost[b] - everLost[a] ||
      isTrained[b] - isTrained[a] ||
      hashes[a] - hashes[b] ||
      (users[a] < users[b] ? -1 : 1),
  );
  const foldOf = new Int32Array(users.length);
  for (let i = 0; i < dealt.length; i++) foldOf[dealt[i]] = i % folds;
  return foldOf;
}

function checkUsers(users: readonly string[], everLost: Uint8Array, folds: number): void {
  if (everLost.length !== users.length) {
    throw new RangeError(
      `There are ${users.length} users and ${everLost.length} labels; each user needs one.`,
    );
  }
  if (!(Number.isInteger(folds) && folds > 1)) {
    throw new UsageError(`${folds} folds were asked for; expected a whole number above 1.`, { folds });
  }
  if (users.length < folds) {
    throw new NothingToLearnError(
      `There are ${users.length} users for ${folds} folds; give a log of more users or ask for fewer folds.`,
      { users: users.length, folds },
    );
  }
  const lost = everLost.reduce((sum, flag) => sum + flag, 0);
  if (lost < 2) {
    throw new NothingToLearnError(
      `${lost} of ${users.length} users are ever lost; at least 2 are needed, one to learn from and one to judge by. Give a longer log or a longer horizon.`,
      { users: users.length, lost },
    );
  }
  const seen = new Set<string>();
  for (const user of users) {
    if (seen.has(user)) throw new RangeError(`The user ${JSON.stringify(user)} is there twice.`);
    seen.add(user);
  }
}
