import { expect, test } from 'vitest';
import { parseS3Url } from '../../../src/engine/s3/location.ts';
import { UsageError } from '../../../src/errors.ts';

test.each(['s3', 's3a', 's3n', 'S3'])('%s:// names a bucket and a key', (scheme) => {
  expect(parseS3Url(`${scheme}://logs/2018/a.json`)).toEqual({
    url: `${scheme}://logs/2018/a.json`,
    bucket: 'logs',
    key: '2018/a.json',
    prefix: '2018/a.json/',
    pattern: undefined,
  });
});

test.each([
  ['s3://logs', ''],
  ['s3://logs/', ''],
  ['s3://logs/2018/', '2018/'],
])('%s names all below it', (url, prefix) => {
  expect(parseS3Url(url)).toMatchObject({ bucket: 'logs', key: undefined, prefix, pattern: undefined });
});

test('a glob is listed from its literal beginning', () => {
  const location = parseS3Url('s3://logs/2018/*.json');
  expect(location.prefix).toBe('2018/');
  expect(location.pattern?.test('2018/a.json')).toBe(true);
  expect(parseS3Url('s3://logs/day=*/').pattern?.test('day=1/x/a.json')).toBe(true);
});

test('a key is taken as it is written', () => {
  expect(parseS3Url('s3://logs/a b%20+ü\n#?.json').prefix).toBe('a b%20+ü\n#');
  expect(parseS3Url('s3://logs//a\'b"').key).toBe('/a\'b"');
});

test.each([
  's3:/logs/a',
  's3://',
  's3:///a',
  's3://lo*gs/a',
  's3://lo gs/a',
  'https://logs/a',
  'gs://logs/a',
])('%s is refused', (url) => {
  expect(() => parseS3Url(url)).toThrow(UsageError);
});
