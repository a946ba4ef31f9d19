import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Effects, silentEffects } from '../../src/effects.ts';
import { connect } from '../../src/engine/spark/connect/session.ts';
import { installSpark } from '../../src/engine/spark/server/install.ts';
import { EngineError, InterruptedError } from '../../src/errors.ts';
import { exploreLog } from '../../src/pipeline/explore-log.ts';
import { verifyEngines } from '../../src/pipeline/verify-engines.ts';
import { stringsOf } from '../../src/table/table.ts';
import { ask } from '../pipeline/files.ts';
import { quickRun } from '../pipeline/logs.ts';
import { executorsOf, killExecutor } from './executors.ts';
import { type OwnServer, ownSparkServer } from './own-server.ts';

let folder: string;
let log: string;
let server: OwnServer;

/** A log of a dozen tasks in many small files, in which one user has most of the events, and a cluster of two executors that tells of each task as it ends. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-faults-'));
  log = join(folder, 'small');
  await writeSkewedLog();
  server = await ownSparkServer({
    master: 'local-cluster[2,1,1024]',
    memory: '1g',
    conf: {
      'spark.sql.files.maxPartitionBytes': '512k',
      'spark.sql.files.openCostInBytes': '16k',
      'spark.connect.progress.reportInterval': '50ms',
    },
  });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('two executors give the bytes that one machine gives', () => {
  test('of a skewed log in many small files, though they are killed one after the other, each in the middle of a job', async () => {
    const killed: Promise<number>[] = [];
    const kill = () => killed.push(killExecutor(server.process));
    const progress = inTheMiddleOf(['parsing', 'ledger'], 2, kill);
    const { comparisons, notes } = await verify({ ...silentEffects, progress });
    const pids = await Promise.all(killed);
    expect(new Set(pids).size).toBe(2);
    for (const pid of pids) expect(executorsOf(server.process)).not.toContain(pid);
    expect(comparisons.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['accounting.json', 'examples.parquet', 'ledger.parquet', 'quarantine.ndjson']),
    );
    expect(comparisons.filter(({ equal }) => !equal)).toEqual([]);
    expect(notes).toEqual([]);
    // An installation is everybody's.
    const { home } = await installSpark({ version: server.version }, silentEffects);
    expect(existsSync(join(home, 'work'))).toBe(false);
    expect(existsSync(join(server.folder, 'home', 'work'))).toBe(true);
  });
});

describe('a run that does not end', () => {
  const settings = () => ({
    ...quickRun,
    log: [log],
    spark: { remote: server.remote },
    out: join(folder, 'runs', 'new'),
  });

  test('because it was interrupted leaves nothing, here or on the cluster', async () => {
    const controller = new AbortController();
    const progress = inTheMiddleOf(['parsing'], 1, () => controller.abort());
    const exploring = exploreLog(settings(), { ...silentEffects, progress, signal: controller.signal });
    await expect(exploring).rejects.toThrow(InterruptedError);
    expect(await readdir(join(folder, 'runs'))).toEqual([]);
    expect(await databases()).toEqual(['default']);
  });

  test('because the server went away and came back says so, and leaves nothing', async () => {
    let restarted: Promise<OwnServer> | undefined;
    const progress = inTheMiddleOf(['parsing'], 1, () => {
      restarted = killAndRestart();
    });
    const exploring = exploreLog(settings(), { ...silentEffects, progress });
    const error: unknown = await exploring.catch((cause) => cause);
    server = (await restarted) ?? server;
    expect(restarted).toBeDefined();
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({
      exitCode: 5,
      message: expect.stringMatching(/^The session on 127\.0\.0\.1:\d+ is gone .* server was restarted/),
    });
    expect(await readdir(join(folder, 'runs'))).toEqual([]);
    expect(await databases()).toEqual(['default']);
  });
});

async function writeSkewedLog(): Promise<void> {
  const all = join(folder, 'all.json');
  await ask(`copy (${eventsSql(100, 20)} union all ${eventsSql(1, 20_000)}) to '${all}' (format json)`);
  const lines = (await readFile(all, 'utf8')).trimEnd().split('\n');
  const files = 100;
  await mkdir(log);
  for (let n = 0; n < files; n++) {
    const part = lines.filter((_, i) => i % files === n);
    await writeFile(join(log, `${n}.json`), part.join('\n'));
  }
}

async function databases(): Promise<readonly string[]> {
  const session = await connect(server.remote);
  const table = await session.collect('show databases');
  await session.close();
  return stringsOf(table, 'namespace');
}

async function killAndRestart(): Promise<OwnServer> {
  server.kill();
  while (await answers(server.port)) await sleep(20);
  return server.restart();
}

/** Whether a port is still held; a killed process holds its own until all of its memory is given back. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function verify(effects: Effects) {
  const { remote } = server;
  return verifyEngines({ ...quickRun, log: [log], spark: { remote } }, effects);
}

/** Calls `act` once for each of the stages, when a cluster has done some of its tasks and not all; a job's `nth` reading of the log is the cluster's. */
function inTheMiddleOf(stages: readonly string[], nth: number, act: () => void): Effects['progress'] {
  const waiting = new Set(stages);
  let readings = 0;
  return ({ stage, done, total }) => {
    if (stage === 'ingest') readings++;
    if (readings < nth || total === undefined || done === 0 || done >= total) return;
    if (waiting.delete(stage)) act();
  };
}

/** SQL for events of the Sparkify log: so many users with so many events each, within 40 days. */
function eventsSql(users: number, events: number): string {
  return `select cast(user as varchar) as "userId", 1538352000000 + (event * 86400000 * 40) // ${events} + user as ts,
      event // 10 as "sessionId", event % 10 as "itemInSession",
      case when event = ${events} - 1 and user % 3 = 0 then 'Cancellation Confirmation' when event % 7 = 0 then 'Thumbs Up' else 'NextSong' end as page,
      'Logged In' as auth, case when event % 5 < 3 then 'paid' else 'free' end as level, 'song ' || event % 97 as song,
      'artist ' || event % 31 as artist, event % 600 + 0.5 as length
    from range(${users}) u (user), range(${events}) e (event)`;
}
