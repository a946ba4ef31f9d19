import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pseudonymsOf } from '../../src/report/pseudonyms.ts';

const key = Buffer.from('the ledger');

describe('pseudonyms', () => {
  test('are letters of the keyed hash, in an alphabet without look-alikes', () => {
    const digest = createHmac('sha256', key).update('Zoë').digest();
    const expected = [...digest.subarray(0, 8)].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte % 32]);
    expect(pseudonymsOf(['Zoë'], key).get('Zoë')).toBe(expected.join(''));
  });

  test('are the same for the same user and key, and others under another key', () => {
    const users = ['1', '2', ''];
    expect(pseudonymsOf(users, key)).toEqual(pseudonymsOf(users.toReversed(), key));
    const other = pseudonymsOf(users, Buffer.from('another ledger'));
    expect(users.filter((user) => pseudonymsOf(users, key).get(user) === other.get(user))).toEqual([]);
  });

  test('tell all users apart, by as many letters as that takes', () => {
    const users = Array.from({ length: 20_000 }, (_, i) => String(i));
    const pseudonyms = pseudonymsOf(users, key);
    expect(new Set(pseudonyms.values()).size).toBe(users.length);
    expect(new Set([...pseudonyms.values()].map((one) => one.length))).toEqual(new Set([8]));
  });

  test('do not contain the names', () => {
    for (const [user, pseudonym] of pseudonymsOf(['alice', '<script>', 'k'], key))
      expect(pseudonym.includes(user) && user.length > 1).toBe(false);
  });

  test('are none for nobody', () => {
    expect(pseudonymsOf([], key).size).toBe(0);
  });
});
