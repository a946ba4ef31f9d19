import { createHmac } from 'node:crypto';

/** Crockford's base 32: no letter that is read as a digit, none that makes words. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const leastLength = 8;

/**
 * A pseudonym for each user: the first letters of HMAC-SHA-256 of the name under the key, as many as tell all of them
 * apart, eight at least. The same user has the same pseudonym under the same key and among the same users; without the key a pseudonym
 * cannot be traced to a name by trying names.
 */
export function pseudonymsOf(users: readonly string[], key: Uint8Array): Map<string, string> {
  const whole = new Map(users.map((user) => [user, lettersOf(user, key)]));
  let length = leastLength;
  while (new Set([...whole.values()].map((letters) => letters.slice(0, length))).size < whole.size) length++;
  return new Map([...whole].map(([user, letters]) => [user, letters.slice(0, length)]));
}

/** A letter a byte: 32 divides 256, so that all letters are equally likely. */
function lettersOf(user: string, key: Uint8Array): string {
  return Array.from(createHmac('sha256', key).update(user).digest(), (byte) => alphabet[byte & 31]).join('');
}
