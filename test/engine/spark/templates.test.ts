import { expect, test } from 'vitest';
import { areLike, templatesOf } from '../../../src/engine/spark/templates.ts';

test('the commonest come first, and a null has the kind that other lines give its key', () => {
  const lines = ['{"a":null}', '{"a":"x"}', '{"a":"y"}', '{"a":1}', '{"b":1.5}', 'no line'];
  expect(templatesOf(lines).map(({ members }) => members.map(({ key, kind }) => `${key} ${kind}`))).toEqual([
    ['a text'],
    ['b decimal'],
  ]);
});

test('a key that is null everywhere stays null', () => {
  expect(templatesOf(['{"a":null,"b":1}', '{"a":null,"b":1.5}'])).toHaveLength(2);
  expect(templatesOf(['{"a":null}'])[0].members[0].kind).toBe('null');
});

test('there are eight at most', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `{"key${i}":1}`);
  expect(templatesOf(lines)).toHaveLength(8);
});

/** The keys of each template; those that lines may leave out with a question mark. */
const keysOf = (...lines: string[]) =>
  templatesOf(lines).map(({ members }) =>
    members.map(({ key, optional = false }) => (optional ? `${key}?` : key)).join(' '),
  );

test('lines that leave some keys out are one template with those that have them', () => {
  expect(keysOf('{"a":1,"b":2,"c":"x"}', '{"a":1,"c":"x"}', '{"a":1}')).toEqual(['a b? c?']);
  expect(keysOf('{"a":1,"b":2}', '{"a":1,"c":3}')).toEqual(['a b? c?']);
  expect(keysOf('{"a":1,"b":2}', '{"a":1,"d":3,"b":2,"c":4}')).toEqual(['a d? b c?']);
});

test('as many mixtures of the same keys as there may be are still one', () => {
  const mixtures = Array.from({ length: 64 }, (_, i) => [...'bcdefg'].filter((_, bit) => (i >> bit) & 1));
  const lines = mixtures.map((keys) => `{"a":0${keys.map((key) => `,"${key}":1`).join('')}}`).reverse();
  expect(keysOf(...lines)).toEqual(['a b? c? d? e? f? g?']);
});

test.each([
  ['another order', '{"a":1,"b":2,"c":3}', '{"a":1,"c":3,"b":2}'],
  ['another first key', '{"a":1,"b":2}', '{"b":2}'],
  ['spaces', '{"a":1,"b":2}', '{"a":1, "b":2,"c":3}'],
  ['another end', '{"a":1,"b":2}', '{"a":1 }'],
  ['broken numbers', '{"a":1,"b":2,"c":1}', '{"a":1,"b":2.5}'],
  ['null for what others leave out', '{"a":1,"b":null}', '{"a":1}'],
])('%s is a template of its own', (_, one, other) => {
  expect(templatesOf([one, other])).toHaveLength(2);
});

test.each([
  ['{"a":1,"b":"x"}', true],
  ['{"a":1}', true],
  ['{"a":1,"b":"say \\"x\\" \\\\ y"}', true],
  ['{"a":1,"c":244.82307}', true],
  ['{"a":1,"c":2.0}', true],
  ['{"a":1,"c":2.50}', false],
  ['{"a":1,"b":"caf\\u00e9"}', false],
  ['{"a":1,"b":"\\\\\\/"}', false],
  ['{"a":1,"d":1}', false],
  ['{"a":1, "b":"x"}', false],
  ['{"a":1,"b":[]}', false],
  ['{"a":"1"}', false],
  ['{"a":1,"b":null}', false],
  ['{"a":null}', true],
  ['', false],
])('%s is like lines with a number, perhaps a text and perhaps a fraction: %s', (line, isLike) => {
  const templates = templatesOf(['{"a":1,"b":"x"}', '{"a":2,"c":0.5}']);
  expect(areLike(templates, [line])).toBe(isLike);
});

test('no lines are like none', () => {
  expect(areLike([], [])).toBe(false);
});
