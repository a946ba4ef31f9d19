import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SparkError } from '../../../../src/engine/spark/connect/error.ts';
import { connect } from '../../../../src/engine/spark/connect/session.ts';
import type { SparkServer } from '../../../../src/engine/spark/server/start.ts';
import { UsageError } from '../../../../src/errors.ts';
import { recordsOf } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';
import { faultyRelay } from './faulty-relay.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

let server: SparkServer;
let folder: string;
let proxy: Awaited<ReturnType<typeof tlsProxy>>;

beforeAll(async () => {
  server = await sparkServer();
  folder = await mkdtemp(join(tmpdir(), 'refrain-tls-'));
  proxy = await tlsProxy('localhost');
});

/** Takes TLS off before the server, with a certificate made for a host. */
async function tlsProxy(host: string): Promise<TcpProxy & { readonly certificate: string }> {
  const [key, cert] = [join(folder, `${host}-key.pem`), join(folder, `${host}.pem`)];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert],
    ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
  ]);
  const certificate = await readFile(cert, 'utf8');
  const tls = { key: await readFile(key), cert: certificate, ALPNProtocols: ['h2'] };
  return { ...(await tcpProxy(server.port, { tls })), certificate };
}

afterAll(async () => {
  await proxy?.close();
  await rm(folder, { recursive: true, force: true });
});

const details = async (attempt: Promise<unknown>) => {
  const error: unknown = await attempt.catch((cause) => cause);
  if (!(error instanceof SparkError)) throw error;
  return { ...error.details, message: error.message };
};

test('a session over TLS with a token works', async () => {
  const session = await connect(`sc://localhost:${proxy.port}/;use_ssl=true;token=${server.token}`, {
    certificateAuthority: proxy.certificate,
  });
  expect(recordsOf(await session.collect('select 6 * 7 as answer'))).toEqual([{ answer: 42 }]);
  await session.close();
});

test('a certificate that nobody vouches for is refused', async () => {
  const refused = await details(connect(`sc://localhost:${proxy.port}/;use_ssl=true;token=${server.token}`));
  expect(refused.message).toMatch(/self-signed certificate.*\n.*certificateAuthority/);
  expect(JSON.stringify(refused)).not.toContain(server.token);
});

test('a certificate of another host is refused', async () => {
  const other = await tlsProxy('elsewhere.example');
  const remote = `sc://localhost:${other.port}/;use_ssl=true;token=${server.token}`;
  const refused = await details(connect(remote, { certificateAuthority: other.certificate }));
  expect(refused.message).toMatch(/altnames.*\n.*certificate/);
  await other.close();
});

test('TLS to a server without it says what to change', async () => {
  const refused = await details(connect(`sc://localhost:${server.port}/;use_ssl=true;token=${server.token}`));
  expect(refused.errorClass).toBe('UNAVAILABLE');
  expect(refused.message).toMatch(/leave use_ssl away/);
});

test('no TLS to a server with it says what to change', async () => {
  const refused = await details(connect(`sc://localhost:${proxy.port}/;token=${server.token}`));
  expect(refused.errorClass).toBe('UNAVAILABLE');
  expect(refused.message).toMatch(/add ;use_ssl=true/);
});

test('a wrong token is refused, and not shown', async () => {
  const refused = await details(connect(`sc://127.0.0.1:${server.port}/;token=wrong-token`));
  expect(refused.errorClass).toBe('UNAUTHENTICATED');
  expect(refused.message).toMatch(/refused the token/);
  expect(JSON.stringify(refused)).not.toContain('wrong-token');
});

test('a missing token is asked for', async () => {
  expect((await details(connect(`sc://127.0.0.1:${server.port}`))).message).toMatch(
    /wants a token: give ;token=/,
  );
});

test('a token that a server echoes is not shown', async () => {
  const relay = await faultyRelay(server);
  relay.onRequest = () => ({ code: status.PERMISSION_DENIED, details: 'Bearer abc.def is not allowed' });
  const refused = await details(connect(`sc://127.0.0.1:${relay.port}/;token=abc.def`));
  expect(refused.message).toContain('Bearer … is not allowed');
  expect(JSON.stringify(refused)).not.toContain('abc.def');
  await relay.close();
});

/** A server of the test's own that speaks no gRPC. */
async function listening(
  onConnection: (socket: Socket) => void,
): Promise<{ port: number; close: () => void }> {
  const other = createServer(onConnection);
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: () => other.close() };
}

test('nobody on the port is told at once', async () => {
  const { port, close } = await listening(() => {});
  close();
  const refused = await details(connect(`sc://127.0.0.1:${port}`));
  expect(refused.errorClass).toBe('UNAVAILABLE');
  expect(refused.message).toMatch(
    /^Spark at 127.* did not answer after 4 attempts: UNAVAILABLE: connect ECONNREFUSED/,
  );
});

test('a server that comes back is reached at once, however often others missed it', async () => {
  const { port, close } = await tcpProxy(server.port);
  const remote = `sc://127.0.0.1:${port}/;token=${server.token}`;
  const waiting = await connect(remote, { retry: { attempts: 6 } });
  await close();
  await expect(waiting.collect('select 1')).rejects.toThrow(/after 6 attempts/);
  const back = await tcpProxy(server.port, { listen: port });
  const session = await connect(remote, { retry: { attempts: 1 } });
  expect(session.serverVersion).toBe(server.version);
  await session.close();
  // It may still wait for its next attempt.
  await waiting.close().catch(() => undefined);
  await back.close();
});

test('a port that takes connections and says nothing is an error after a while', async () => {
  const { port, close } = await listening(() => {});
  const refused = await details(connect(`sc://127.0.0.1:${port}`, { timeout: 300 }));
  expect(refused.errorClass).toBe('DEADLINE_EXCEEDED');
  close();
});

test('something else on the port is an error', async () => {
  const { port, close } = await listening((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  expect((await details(connect(`sc://127.0.0.1:${port}`))).message).toMatch(/Is a Spark Connect server/);
  close();
});

test('a wrong URL connects to nothing', async () => {
  await expect(connect('spark://127.0.0.1:7077')).rejects.toThrow(UsageError);
});

test('two clients may share a session by its id', async () => {
  const remote = `sc://127.0.0.1:${server.port}/;token=${server.token};session_id=${randomUUID()}`;
  const first = await connect(remote);
  const second = await connect(remote);
  await first.createTempView('shared', first.sql('select 1 as one'));
  expect(recordsOf(await second.collect('select * from shared'))).toEqual([{ one: 1 }]);
  await first.close();
  expect(await details(second.collect('select 1'))).toMatchObject({
    errorClass: /^INVALID_HANDLE\.SESSION_/,
  });
});

test('a session shows signs of life, so that the server does not drop it', async () => {
  const relay = await faultyRelay(server);
  const session = await connect(`sc://127.0.0.1:${relay.port}`, { heartbeat: 20 });
  const signs = () => relay.calls.filter((call) => call === 'AnalyzePlan').length;
  await expect.poll(signs).toBeGreaterThan(3);
  await session.close();
  await relay.close();
});
