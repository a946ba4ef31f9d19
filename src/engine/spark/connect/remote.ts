import { UsageError } from '../../../errors.ts';

/** Where a Spark Connect server is and how to speak to it. */
export interface Remote {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly token?: string;
  readonly userId?: string;
  readonly userAgent?: string;
  readonly sessionId?: string;
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the caller says beside the URL; it wins over the URL. */
export interface RemoteOverrides {
  readonly token?: string;
  readonly userId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const form = 'sc://host:port/;name=value;name=value';
const defaultPort = 15002;

/**
 * Reads a Spark Connect URL such as `sc://host:15002/;use_ssl=true;token=…;x-name=…`; values are percent-decoded.
 * A Databricks cluster (an `x-databricks-…` header) implies TLS.
 *
 * @throws UsageError for another scheme, an unknown parameter, or a token that would travel in the clear. No message holds a parameter's value.
 */
export function parseRemote(url: string, overrides: RemoteOverrides = {}): Remote {
  const match = /^sc:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?(?:\/(?:;(.*))?)?$/i.exec(url);
  if (match === null) throw new UsageError(`${shown(url)} is no Spark Connect URL: expected ${form}.`);
  const [, bracketed, portText = String(defaultPort), parameterText = ''] = match;
  const port = Number(portText);
  if (port < 1 || port > 65535)
    throw new UsageError(`Port ${portText} of ${shown(url)} is not in 1 to 65535.`);

  const parameters = parseParameters(parameterText);
  const headers: Record<string, string> = {};
  for (const [name, value] of parameters) if (name.startsWith('x-')) headers[name] = value;
  for (const [name, value] of Object.entries(overrides.headers ?? {})) headers[name.toLowerCase()] = value;
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value);

  const host = bracketed.replace(/^\[|\]$/g, '');
  const token = overrides.token ?? parameters.get('token');
  const databricks = Object.keys(headers).some((name) => name.startsWith('x-databricks-'));
  const tls = flag(parameters.get('use_ssl')) ?? databricks;
  if (token !== undefined) checkToken(token, tls, host, port);
  return {
    host,
    port,
    tls,
    headers,
    ...present('token', token),
    ...present('userId', overrides.userId ?? parameters.get('user_id')),
    ...present('userAgent', parameters.get('user_agent')),
    ...present('sessionId', sessionId(parameters.get('session_id'))),
  };
}

/** `host:port`, with an IPv6 address in brackets. */
export function authority({ host, port }: Pick<Remote, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether nothing sent to the host leaves this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

const known = ['token', 'use_ssl', 'user_id', 'user_agent', 'session_id'];

function parseParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(';')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, equals < 0 ? undefined : equals).toLowerCase();
    if (!known.includes(name) && !/^x-./.test(name)) {
      throw new UsageError(
        `"${printable(name)}" is no parameter of a Spark Connect URL: expected ${known.join(', ')} or a header x-….`,
      );
    }
    if (equals < 0)
      throw new UsageError(`Parameter "${name}" of the Spark Connect URL has no value: expected ${form}.`);
    if (parameters.has(name))
      throw new UsageError(`Parameter "${name}" stands twice in the Spark Connect URL.`);
    parameters.set(name, decoded(name, part.slice(equals + 1)));
  }
  return parameters;
}

function decoded(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new UsageError(
      `The value of "${name}" in the Spark Connect URL is no percent-encoded text: write % as %25.`,
    );
  }
}

function flag(text: string | undefined): boolean | undefined {
  if (text === undefined || text === 'true' || text === 'false')
    return text === undefined ? undefined : text === 'true';
  throw new UsageError(`use_ssl is "${printable(text)}" in the Spark Connect URL: expected true or false.`);
}

function sessionId(text: string | undefined): string | undefined {
  if (text === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new UsageError(`session_id is "${printable(text)}" in the Spark Connect URL: expected a UUID.`);
}

function checkToken(token: string, tls: boolean, host: string, port: number): void {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      'The token for Spark is empty or holds a character that no header can: give it as it was issued.',
    );
  }
  if (tls || isLoopback(host)) return;
  throw new UsageError(
    `The token would travel unencrypted to ${authority({ host, port })}: add ;use_ssl=true to the URL, or reach the server through a tunnel on localhost.`,
  );
}

/** Of these gRPC itself makes use; the token has its own option. */
const reserved = /^(grpc-|te$|content-type$|user-agent$|authorization$|host$|connection$)|-bin$/;

function checkHeader(name: string, value: string): void {
  if (!/^[a-z0-9_.-]+$/.test(name) || reserved.test(name)) {
    throw new UsageError(
      `"${printable(name)}" cannot be a header of Spark's calls: expected a name such as x-tenant.`,
    );
  }
  if (!/^[\x20-\x7e]*$/.test(value))
    throw new UsageError(`The value of header "${name}" is not printable ASCII.`);
}

function present<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const record: Partial<Record<K, string>> = {};
  if (value !== undefined) record[key] = value;
  return record;
}

/** Parameters may be secret, so only what stands before them is shown. */
function shown(url: string): string {
  const end = url.indexOf(';');
  return `"${printable(end < 0 ? url : `${url.slice(0, end)};…`)}"`;
}

function printable(text: string): string {
  const clean = text.replace(/[^\x20-\x7e]/g, '?');
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
}
