import { open } from 'node:fs/promises';
import { platform } from 'node:os';
import { describe, expect, test } from 'vitest';
import { EngineError, UsageError } from '../../src/errors.ts';
import { PRESETS } from '../../src/simulate/presets.ts';
import { planLog } from '../../src/simulate/simulate-options.ts';
import { storageError } from '../../src/storage-error.ts';

const START = Date.UTC(2018, 9, 1) / 1000;

describe('the options', () => {
  test('take users and days from a size, and what is given over it', () => {
    expect(planLog({ size: 'mini', seed: 1, out: '' })).toEqual({
      ...{ seed: 1, start: START, end: START + 63 * 86_400, users: 225 },
    });
    expect(planLog({ size: 'full', days: 2, seed: 1, out: '' })).toEqual({
      ...{ seed: 1, start: START, end: START + 2 * 86_400, users: 22_277 },
    });
    expect(Object.keys(PRESETS)).toEqual(['mini', 'medium', 'full']);
  });

  test.each([
    [{ users: 0, days: 1, seed: 1 }, 'The users of the log: 0 is not a whole number between 1 and 1000000.'],
    [{ users: 1.5, days: 1, seed: 1 }, /users of the log: 1.5/],
    [{ users: Number.NaN, days: 1, seed: 1 }, /users of the log: NaN/],
    [{ users: 1, days: 4000, seed: 1 }, /days of the log: 4000 is not a whole number between 1 and 3660/],
    [{ users: 1, days: 1, seed: 2 ** 60 }, /seed of the log/],
    [{ users: 1, seed: 1 }, 'The days of the log are not given; give them, or a size: mini, medium, full.'],
    [{ users: 1, days: 1, seed: 1, start: -1 }, /start of the log: -1/],
    [
      { users: 1, days: 1, seed: 1, start: Date.UTC(2018, 9, 1, 5) },
      /2018-10-01T05:00:00.000Z is not a midnight/,
    ],
  ])('refuse %o', (options, message) => {
    expect(() => planLog({ ...options, out: 'x.json' })).toThrow(UsageError);
    expect(() => planLog({ ...options, out: 'x.json' })).toThrow(message);
  });
});

describe('a failing storage', () => {
  test.runIf(platform() === 'linux')('that is full is an engine error that says so', async () => {
    const full = await open('/dev/full', 'w');
    const error = await full.writeFile('x').catch((cause: unknown) => storageError(cause, 'log.json'));
    await full.close();
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/^Cannot write log.json: the disk is full/),
    );
    expect(error).toHaveProperty('details', { path: 'log.json', code: 'ENOSPC' });
  });

  test('of a kind not foreseen keeps what the system said', () => {
    const cause = Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' });
    expect(storageError(cause, 'log.json')).toHaveProperty(
      'message',
      'Cannot write log.json: the system says EIO: EIO: i/o error, write.',
    );
  });

  test('is no cover for other errors', () => {
    const error = new TypeError('ours');
    expect(storageError(error, 'log.json')).toBe(error);
  });
});
