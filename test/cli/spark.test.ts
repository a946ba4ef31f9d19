import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect } from '../../src/engine/spark/connect/session.ts';
import { installationFolder, installSpark } from '../../src/engine/spark/server/install.ts';
import { identify } from '../../src/engine/spark/server/process-identity.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { effects } from '../spark/own-server.ts';
import { refrain, startRefrain } from './refrain.ts';

const version = sparkVersions.newest;
const cache = mkdtempSync(join(tmpdir(), 'refrain-test-'));

/** A cache folder of its own: whoever runs the tests may have a server running. */
beforeAll(async () => {
  await installSpark({ version }, effects);
  symlinkSync(installationFolder(version, process.env), join(cache, `spark-${version}`));
  vi.stubEnv('REFRAIN_CACHE', cache);
});
afterEach(async () => {
  if (existsSync(join(cache, 'spark-server'))) await refrain('spark', 'stop');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

test('a server is started once, used with its token, seen to be gone when it is, and stopped without a trace', async () => {
  const conf = [
    '--conf',
    'spark.sql.session.timeZone=Asia/Tokyo',
    '--conf',
    'spark.sql.test.words=hush=x\\y',
  ];
  const started = await refrain(
    'spark',
    'start',
    '--master',
    'local[2]',
    '--memory',
    '700m',
    ...conf,
    '--json',
  );
  expect([started.code, started.stderr]).toEqual([0, `start Spark ${version} …\n`]);
  const server = JSON.parse(started.stdout);
  expect(server).toMatchObject({ state: 'running', version, master: 'local[2]' });
  expect(new Date(server.started).toISOString()).toBe(server.started);

  expect(statSync(server.tokenFile).mode & 0o777).toBe(0o600);
  const token = await readFile(server.tokenFile, 'utf8');
  expect(token).toMatch(/^[\w-]{43}$/);
  const commandLine = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(server.pid)], {
    encoding: 'utf8',
  });
  expect(commandLine).toContain('-Xmx700m');
  expect(commandLine).not.toContain(token);
  expect(commandLine).not.toContain('hush');

  const session = await connect(server.remote, { token });
  expect(await session.getConfig(['spark.sql.session.timeZone', 'spark.sql.test.words'])).toEqual({
    'spark.sql.session.timeZone': 'Asia/Tokyo',
    'spark.sql.test.words': 'hush=x\\y',
  });
  await session.close();

  const second = await refrain('spark', 'start');
  expect(second.code).toBe(2);
  expect(second.stderr).toBe(
    `Error: Spark ${version} runs already, at ${server.remote} (pid ${server.pid}). Use it, or end it first: refrain spark stop\n`,
  );
  const status = await refrain('spark', 'status', '--json');
  expect([status.code, JSON.parse(status.stdout)]).toEqual([0, server]);
  expect((await refrain('spark', 'status')).stdout).toContain(
    `refrain run LOG --engine spark --remote ${server.remote} --out`,
  );

  process.kill(server.pid, 'SIGKILL');
  while (identify(server.pid) !== undefined) await sleep(20);
  expect(JSON.parse((await refrain('spark', 'status', '--json')).stdout).state).toBe('gone');
  expect((await refrain('spark', 'status')).stdout).toMatch(
    /has ended by itself or was killed\. Its log: \//,
  );

  const port = String(server.port);
  const again = await refrain('spark', 'start', '--master', 'local[2]', '--memory', '700m', '--port', port);
  expect([again.code, again.stderr]).toEqual([0, `start Spark ${version} …\n`]);
  expect(again.stdout).toContain(`Spark ${version} at sc://127.0.0.1:${port}`);
  expect(again.stdout).toContain(`export REFRAIN_SPARK_TOKEN="$(cat '${server.tokenFile}')"`);

  const { pid } = JSON.parse((await refrain('spark', 'status', '--json')).stdout);
  const stopped = await refrain('spark', 'stop');
  expect([stopped.code, stopped.stderr]).toEqual([0, '']);
  expect(stopped.stdout).toMatch(/^Stopped \(Spark .*\)\. Its files are removed\.\n$/);
  expect(identify(pid)).toBeUndefined();
  expect(readdirSync(cache)).toEqual([`spark-${version}`]);
  expect(existsSync(installationFolder(version, process.env))).toBe(true);
}, 300_000);

describe('without a server', () => {
  test('status and stop say so', async () => {
    expect(await refrain('spark', 'status')).toEqual({
      code: 0,
      stdout: 'No server runs. Start one: refrain spark start\n',
      stderr: '',
    });
    expect((await refrain('spark', 'stop')).stdout).toBe('There is no server to stop.\n');
    expect(JSON.parse((await refrain('spark', 'status', '--json')).stdout)).toEqual({ state: 'none' });
    expect(JSON.parse((await refrain('spark', 'stop', '--json')).stdout)).toEqual({ outcome: 'none' });
  });

  test('interrupting a start ends what was started', async () => {
    const { child, ended } = startRefrain(['spark', 'start', '--memory', '700m']);
    const log = join(cache, 'spark-server', 'server', 'server.log');
    while (!existsSync(log)) await sleep(20);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(readdirSync(cache)).toEqual([`spark-${version}`]);
    const all = execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    expect(all).not.toContain(cache);
  });

  test('a port in use is an error, not another port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : address);
    const { code, stderr } = await refrain('spark', 'start', '--port', port);
    other.close();
    expect(code).toBe(5);
    expect(stderr).toMatch(`Error: Port ${port} of this machine cannot be used: listen EADDRINUSE`);
    expect(readdirSync(cache)).toEqual([`spark-${version}`]);
  });

  test.each([
    [['--version', '3.5.0'], 'Spark 3.5.0 cannot be used: expected a version such as 4.3.0, from 4.0.0 on.'],
    [['--memory', '4GB'], 'Expected a size such as 512m or 4g.'],
    [['--conf', 'spark.x'], 'Expected name=value, such as spark.executor.memory=2g.'],
    [['--conf', 'x=1'], 'x is no Spark setting: expected a name that begins with spark.'],
    [['--conf', 'spark.connect.grpc.binding.address=0.0.0.0'], 'a local server listens on 127.0.0.1 only'],
    [['--port', '70000'], 'Expected a whole number from 1 to 65535.'],
  ])('start %j is refused', async (args, message) => {
    const { code, stdout, stderr } = await refrain('spark', 'start', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(readdirSync(cache)).toEqual([`spark-${version}`]);
  });

  test('the examples of the help have options that there are', async () => {
    const { code, stdout } = await refrain('spark', 'start', '--help');
    expect(code).toBe(0);
    const [listed, examples] = stdout.split('Examples:');
    const options = examples.match(/--[a-z-]+/g) ?? [];
    expect(options.length).toBeGreaterThan(2);
    for (const option of options) expect(listed).toContain(`  ${option} `);
  });
});
