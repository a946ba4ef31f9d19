import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { type BadRowLimit, checkBadRows, checkBalance } from '../../src/ingest/accounting.ts';

const example = { file: 'a.json', line: 3, offset: 17, reason: 'not_json', text: 'x' };
const reasons = [{ reason: 'not_json', lines: 2, example }];

describe('bad lines', () => {
  test.each<[limit: BadRowLimit, lines: number, bad: number]>([
    [{ count: 2 }, 10, 2],
    [{ count: 0 }, 10, 0],
    [{ share: 0.01 }, 200, 2],
    [{ share: 1 }, 2, 2],
    [{ share: 0 }, 0, 0],
  ])('within %o of %i lines are borne: %i', (limit, lines, bad) => {
    expect(() => checkBadRows(limit, lines, bad, reasons)).not.toThrow();
  });

  test.each<[limit: BadRowLimit, lines: number, bad: number, message: string]>([
    [{ count: 1 }, 10, 2, '2 of 10 lines are bad; --max-bad-rows allows 1. Nothing was written.'],
    [{ share: 0.01 }, 199, 2, '2 of 199 lines are bad; --max-bad-rows allows 1 %. Nothing was written.'],
    [{ share: 0.07 }, 10, 2, '2 of 10 lines are bad; --max-bad-rows allows 7 %. Nothing was written.'],
  ])('beyond %o of %i lines are not: %i', (limit, lines, bad, message) => {
    expect(() => checkBadRows(limit, lines, bad, reasons)).toThrow(InputError);
    expect(() => checkBadRows(limit, lines, bad, reasons)).toThrow(message);
  });

  test('are told of by their commonest reasons, with where the first stands', () => {
    const many = Array.from({ length: 7 }, (_, i) => ({ reason: `missing:c${i}`, lines: 9 - i, example }));
    const message = messageOf(() => checkBadRows({ count: 0 }, 100, 42, many));
    expect(message).toContain('\n  9 × missing:c0, first in a.json line 3: x\n');
    expect(message).toContain('missing:c4');
    expect(message).not.toContain('missing:c5');
    expect(message).toContain('Does the definition name the columns of this log');
  });

  test('are shown by their beginning, and send nothing to the terminal', () => {
    const text = `\u001b[2J\u0007\r\n\u009b${'x'.repeat(117)}🎵`;
    const message = messageOf(() =>
      checkBadRows({ count: 0 }, 1, 1, [{ reason: 'not_utf8', lines: 1, example: { ...example, text } }]),
    );
    expect(message).toContain(`line 3: \ufffd[2J\ufffd\ufffd\ufffd\ufffd${'x'.repeat(112)}…`);
  });
});

test('accounting that does not add up is a fault of ours', () => {
  const accounting = {
    bytes: 1,
    lines: 6,
    accepted: 1,
    anonymous: 1,
    duplicate: 1,
    quarantined: 1,
    blank: 1,
  };
  expect(() => checkBalance(accounting)).toThrow(
    'The accounting does not add up: 6 lines read, 5 accounted for.',
  );
  expect(() => checkBalance({ ...accounting, lines: 5 })).not.toThrow();
});

function messageOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('It did not throw.');
}
