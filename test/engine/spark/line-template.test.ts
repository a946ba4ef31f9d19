import { expect, test } from 'vitest';
import { templateOf } from '../../../src/engine/spark/line-template.ts';

const kindsOf = (line: string) => templateOf(line)?.members.map(({ key, kind }) => `${key} ${kind}`);

test('a template is the keys in their order with the kinds of their values, and all that stands between', () => {
  expect(templateOf('{"ts":1538352117000, "page" : "Home","length":277.89,"ok":true,"song":null }')).toEqual({
    members: [
      { key: 'ts', before: '{"ts":', kind: 'whole' },
      { key: 'page', before: ', "page" : ', kind: 'text' },
      { key: 'length', before: ',"length":', kind: 'decimal' },
      { key: 'ok', before: ',"ok":', kind: 'boolean' },
      { key: 'song', before: ',"song":', kind: 'null' },
    ],
    end: ' }',
  });
});

test('what stands in a text is no part of the template', () => {
  expect(kindsOf('{"a":"\\"b\\":1,{}","c\\u0041":"\\\\"}')).toEqual(['a text', 'cA text']);
});

test.each([
  ['', 'an empty line'],
  ['{}', 'an object without keys'],
  [' {"a":1}', 'a space before'],
  ['{"a":1}x', 'something after'],
  ['{"a":1,}', 'a comma too many'],
  ['{"a":1,"a":2}', 'a key twice'],
  ['{"a":1,"\\u0061":2}', 'a key twice, written in two ways'],
  ['{"":1}', 'a key without a name'],
  ['{"a":[1]}', 'a list'],
  ['{"a":{"b":1}}', 'an object inside'],
  ['{"a":1e3}', 'a power of ten'],
  ['{"a":1{"b":2}', 'a brace in the middle'],
  ['{"\\x":1}', 'a key with a bad escape'],
  ['[{"a":1}]', 'a list of objects'],
])('%s is none: %s', (line) => {
  expect(templateOf(line)).toBeUndefined();
});
