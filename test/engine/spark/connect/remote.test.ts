import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authority, isLoopback, parseRemote } from '../../../../src/engine/spark/connect/remote.ts';
import { UsageError } from '../../../../src/errors.ts';

test('a host alone has the standard port and no TLS', () => {
  expect(parseRemote('sc://spark.example')).toEqual({
    host: 'spark.example',
    port: 15002,
    tls: false,
    headers: {},
  });
});

test('a slash may follow the port, with parameters or without', () => {
  const plain = { host: 'h', port: 7, tls: false, headers: {} };
  expect(parseRemote('sc://h:7/')).toEqual(plain);
  expect(parseRemote('sc://h:7/;')).toEqual(plain);
  expect(parseRemote('sc://h:7/;user_id=ann;')).toEqual({ ...plain, userId: 'ann' });
});

test('every parameter is read, with its value percent-decoded', () => {
  const remote = parseRemote(
    'sc://[::1]:443/;use_ssl=true;token=a%3Bb%25;user_id=ann%20lee;user_agent=etl;session_id=00112233-4455-6677-8899-aabbccddeeff;X-Tenant=t%3D1',
  );
  expect(remote).toEqual({
    host: '::1',
    port: 443,
    tls: true,
    token: 'a;b%',
    userId: 'ann lee',
    userAgent: 'etl',
    sessionId: '00112233-4455-6677-8899-aabbccddeeff',
    headers: { 'x-tenant': 't=1' },
  });
  expect(authority(remote)).toBe('[::1]:443');
});

test('a value may hold an equals sign, as Base64 does', () => {
  expect(parseRemote('sc://localhost/;token=YWI=').token).toBe('YWI=');
});

test('options win over the URL', () => {
  const remote = parseRemote('sc://localhost/;token=url;user_id=url;x-a=url;x-b=url', {
    token: 'option',
    userId: 'option',
    headers: { 'X-A': 'option', 'x-c': 'option' },
  });
  expect(remote.token).toBe('option');
  expect(remote.userId).toBe('option');
  expect(remote.headers).toEqual({ 'x-a': 'option', 'x-b': 'url', 'x-c': 'option' });
});

test('a Databricks cluster implies TLS, so that its token may travel', () => {
  const remote = parseRemote('sc://dbc.example:443/;token=t;x-databricks-cluster-id=0123-abc');
  expect(remote.tls).toBe(true);
  expect(remote.headers).toEqual({ 'x-databricks-cluster-id': '0123-abc' });
});

test.each([
  'sc://spark.example/;token=secret-token',
  'sc://spark.example/;token=secret-token;use_ssl=false',
  'sc://dbc.example/;token=secret-token;use_ssl=false;x-databricks-cluster-id=1',
  'sc://127.evil.example/;token=secret-token',
])('a token does not travel in the clear to another machine: %s', (url) => {
  expect(() => parseRemote(url)).toThrow(/unencrypted.*add ;use_ssl=true/);
});

test.each(['localhost', '127.0.0.1', '127.8.9.10', '[::1]'])('a token may go to %s without TLS', (host) => {
  expect(parseRemote(`sc://${host}/;token=t`)).toMatchObject({ token: 't', tls: false });
});

test('only addresses of this machine are loopback', () => {
  expect(['localhost', '::1', '127.0.0.1'].every(isLoopback)).toBe(true);
  expect(['localhost.example', '10.0.0.1', '0.0.0.0', '::', '127.0.0.1.example'].some(isLoopback)).toBe(
    false,
  );
});

test.each([
  ['http://h:1', /no Spark Connect URL: expected sc:/],
  ['sc://', /no Spark Connect URL/],
  ['sc://h:1/path', /no Spark Connect URL/],
  ['sc://user@h:1', /no Spark Connect URL/],
  ['sc://h:0', /Port 0 .* is not in 1 to 65535/],
  ['sc://h:65536', /Port 65536/],
  ['sc://h/;tokn=1', /"tokn" is no parameter .*expected token, use_ssl/],
  ['sc://h/;x-=1', /"x-" is no parameter/],
  ['sc://h/;use_ssl', /"use_ssl" .* has no value/],
  ['sc://h/;use_ssl=yes', /use_ssl is "yes" .* expected true or false/],
  ['sc://h/;user_id=a;user_id=b', /"user_id" stands twice/],
  ['sc://h/;user_id=%zz', /"user_id" .* write % as %25/],
  ['sc://h/;session_id=1', /session_id is "1" .* expected a UUID/],
  ['sc://h/;x-a b=1', /"x-a b" cannot be a header/],
  ['sc://h/;x-a-bin=1', /"x-a-bin" cannot be a header/],
  ['sc://h/;x-a=%0d%0aevil', /value of header "x-a" is not printable/],
  ['sc://localhost/;token=', /token .* is empty/],
  ['sc://localhost/;token=a%0ab', /token .* holds a character/],
])('%s is refused with what was expected', (url, message) => {
  expect(() => parseRemote(url)).toThrow(UsageError);
  expect(() => parseRemote(url)).toThrow(message);
});

test.each(['authorization', 'grpc-timeout', 'user-agent', 'content-type', 'te', 'host'])(
  'gRPC itself sets %s',
  (name) => {
    expect(() => parseRemote('sc://h', { headers: { [name]: '1' } })).toThrow(/cannot be a header/);
  },
);

test('no error holds a token or a header of the URL', () => {
  const part = fc.stringMatching(/^[a-z0-9:/;=_%.-]{0,20}$/);
  fc.assert(
    fc.property(part, part, (before, after) => {
      const url = `sc://h${before};token=S3CRET${after};x-key=H1DDEN`;
      try {
        parseRemote(url);
      } catch (error) {
        expect(String(error)).not.toMatch(/S3CRET|H1DDEN/);
        expect(JSON.stringify(error)).not.toMatch(/S3CRET|H1DDEN/);
      }
    }),
  );
});
