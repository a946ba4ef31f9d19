import { describe, expect, test } from 'vitest';
import { globRegExp, isGlob, literalPrefix } from '../../../src/engine/s3/glob.ts';
import { UsageError } from '../../../src/errors.ts';

const keys = [
  'logs/a.json',
  'logs/b.json.gz',
  'logs/b.txt',
  'logs/day=1/a.json',
  'logs/day=2/x/a.json',
  'logs/é🎵.json',
  'logs/[1].json',
  'logs/{a}.json',
];

const matches = (glob: string) => keys.filter((key) => globRegExp(glob).test(key));

describe('a glob over keys', () => {
  test.each<[string, string[]]>([
    ['logs/*.json', ['logs/a.json', 'logs/é🎵.json', 'logs/[1].json', 'logs/{a}.json']],
    ['logs/*.json*', ['logs/a.json', 'logs/b.json.gz', 'logs/é🎵.json', 'logs/[1].json', 'logs/{a}.json']],
    ['logs/?.json', ['logs/a.json']],
    ['logs/??.json', ['logs/é🎵.json']],
    ['logs/day=*/*.json', ['logs/day=1/a.json']],
    ['**/a.json', ['logs/a.json', 'logs/day=1/a.json', 'logs/day=2/x/a.json']],
    ['logs/**/a.json', ['logs/a.json', 'logs/day=1/a.json', 'logs/day=2/x/a.json']],
    ['logs/day**', ['logs/day=1/a.json', 'logs/day=2/x/a.json']],
    ['logs/{a.json,b.{txt,json.gz}}', ['logs/a.json', 'logs/b.json.gz', 'logs/b.txt']],
    ['logs/day=[2-9]/**', ['logs/day=2/x/a.json']],
    ['logs/day=[!2]/*', ['logs/day=1/a.json']],
    ['logs/day=[^2]/*', ['logs/day=1/a.json']],
    ['logs/\\[1\\].json', ['logs/[1].json']],
    ['logs/[[]1].json', ['logs/[1].json']],
    ['logs/\\{a}.json', ['logs/{a}.json']],
    ['logs/{a.json', []],
    ['logs[/]a.json', []],
    ['logs?a.json', []],
    ['logs/a.jso', []],
    ['ogs/a.json', []],
    ['logs/a+json', []],
  ])('%s', (glob, expected) => {
    expect(matches(glob)).toEqual(expected);
  });

  test('an unclosed bracket or brace, and an empty bracket, stand for themselves', () => {
    expect(globRegExp('a[b').test('a[b')).toBe(true);
    expect(globRegExp('a{b').test('a{b')).toBe(true);
    expect(globRegExp('a[]b').test('a[]b')).toBe(true);
    expect(globRegExp('a}b').test('a}b')).toBe(true);
    expect(globRegExp('[!]').test('!')).toBe(true);
  });

  test('a bracket may hold what a regular expression gives a meaning', () => {
    for (const character of ['^', '[', '&', '.', '$', '|', ']']) {
      expect(globRegExp(`[]^[&.$|]`).test(character)).toBe(true);
    }
    expect(globRegExp('[a-c^]').test('b')).toBe(true);
  });

  test('a range that runs backwards is refused', () => {
    expect(() => globRegExp('day=[9-1]')).toThrow(UsageError);
  });

  test('its literal beginning is what every match begins with', () => {
    expect(literalPrefix('logs/day=*/a')).toBe('logs/day=');
    expect(literalPrefix('*')).toBe('');
    expect(literalPrefix('plain')).toBe('plain');
    expect(literalPrefix('a\\*b')).toBe('a');
    expect(isGlob('plain')).toBe(false);
    expect(isGlob('a\\*')).toBe(true);
  });
});
