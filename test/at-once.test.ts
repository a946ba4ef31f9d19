import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { atOnce } from '../src/at-once.ts';

describe('tasks at once', () => {
  test('give their results in order', async () => {
    expect(await atOnce([setTimeout(5, 'slow'), Promise.resolve(2)])).toEqual(['slow', 2]);
  });

  test('fail only when the last of them has come to its end', async () => {
    let ended = false;
    const slow = setTimeout(5).then(() => {
      ended = true;
    });
    await expect(atOnce([Promise.reject(new Error('no room')), slow])).rejects.toThrow('no room');
    expect(ended).toBe(true);
  });

  test('fail as the foremost that failed, whichever failed first', async () => {
    const late = setTimeout(5).then(() => Promise.reject(new Error('foremost')));
    await expect(atOnce([late, Promise.reject(new Error('first'))])).rejects.toThrow('foremost');
  });
});
