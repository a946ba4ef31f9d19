import { describe, expect, it } from 'vitest';
import {
  EngineError,
  InputError,
  InterruptedError,
  NothingToLearnError,
  UsageError,
} from '../../src/errors.ts';
import { fromErrorMessage, toErrorMessage } from '../../src/threads/error-message.ts';

describe('an error between threads', () => {
  it.each([UsageError, InputError, NothingToLearnError, EngineError, InterruptedError])(
    'keeps its class: %o',
    (Kind) => {
      const error = new Kind('What went wrong.', { row: 3 });
      const back = fromErrorMessage(structuredClone(toErrorMessage(error)));
      expect(back).toBeInstanceOf(Kind);
      expect(back).toMatchObject({
        message: 'What went wrong.',
        details: { row: 3 },
        exitCode: error.exitCode,
      });
      expect(back.stack).toBe(error.stack);
    },
  );

  it('keeps message and stack of other errors', () => {
    const error = new RangeError('Too far.');
    const back = fromErrorMessage(structuredClone(toErrorMessage(error)));
    expect(back.message).toBe('Too far.');
    expect(back.stack).toBe(error.stack);
  });

  it('is made of whatever was thrown', () => {
    expect(fromErrorMessage(toErrorMessage('a string')).message).toBe('a string');
    expect(fromErrorMessage(toErrorMessage(undefined)).message).toBe('undefined');
  });
});
