import { Command, CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { type TuningOptions, tuningSettings, withTuningOptions } from '../../src/cli/tuning-options.ts';
import { UsageError } from '../../src/errors.ts';

function parse(...args: string[]) {
  const command = withTuningOptions(new Command())
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  return tuningSettings(command.parse(args, { from: 'user' }).opts<TuningOptions>());
}

test('without an option nothing is tuned', () => {
  expect(parse()).toEqual({});
});

test('the limits may be trials, seconds or both, with a file or without', () => {
  expect(parse('--tune', '30')).toEqual({ tuning: { trials: 30 } });
  expect(parse('--tune-seconds', '1.5', '--trials', 'a.jsonl')).toEqual({
    tuning: { seconds: 1.5, trialsFile: 'a.jsonl' },
  });
  expect(parse('--tune', '30', '--tune-seconds', '60')).toEqual({ tuning: { trials: 30, seconds: 60 } });
});

test.each([
  [['--tune', '0'], /from 1 to/],
  [['--tune', 'many'], /from 1 to/],
  [['--tune-seconds', '0'], /Expected seconds such as 600/],
  [['--tune-seconds', '-1'], /Expected seconds/],
])('%j is refused', (args, message) => {
  expect(() => parse(...args)).toThrow(CommanderError);
  expect(() => parse(...args)).toThrow(message);
});

test('a file of trials without a search is refused', () => {
  expect(() => parse('--trials', 'a.jsonl')).toThrow(UsageError);
});
