import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Daemon, startDaemon } from '../../../../src/engine/spark/server/daemon.ts';
import { identify, isAlive } from '../../../../src/engine/spark/server/process-identity.ts';
import { stopProcess } from '../../../../src/engine/spark/server/stop.ts';
import { InterruptedError } from '../../../../src/errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refrain-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();

/** A shell script that says it is up, as a daemon. */
function daemon(script: string, stop: AbortSignal = signal): Promise<Daemon> {
  return startDaemon(commandOf(script), /port (\d+)/, stop);
}

function commandOf(script: string) {
  const log = join(folder, 'log');
  return { name: 'test daemon', file: 'sh', args: ['-c', script], env: process.env, folder, log };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

test('what it announces is read from its log', async () => {
  const { announced, process, letGo } = await daemon(
    'echo starting; sleep 0.2; echo port 1234; exec sleep 600',
  );
  expect([announced, isAlive(process)]).toEqual(['1234', true]);
  expect(await stopProcess(process)).toBe('ended');
  expect(await stopProcess(process)).toBe('gone');
  letGo();
});

test('one that ends before it is up fails with the end of its log', async () => {
  await expect(daemon('echo Address already in use; exit 3')).rejects.toThrow(
    'The test daemon ended while starting. The end of its log:\nAddress already in use',
  );
});

test('one that cannot be started names the program', async () => {
  const command = { ...commandOf(''), file: join(folder, 'nothing') };
  await expect(startDaemon(command, /x/, signal)).rejects.toThrow(`Cannot start ${join(folder, 'nothing')}`);
});

test('interrupting its start ends it', async () => {
  const abort = new AbortController();
  const started = daemon('echo $$ > pid; exec sleep 600', abort.signal);
  await until(() => existsSync(join(folder, 'pid')));
  abort.abort();
  await expect(started).rejects.toBeInstanceOf(InterruptedError);
});

test('stopping ends what it has started too, even what does not listen to SIGTERM', async () => {
  const deaf = `sh -c 'trap "" TERM; while :; do sleep 1; done'`;
  const { process: leader, announced, letGo } = await daemon(`${deaf} & echo port $!; wait`);
  expect(identify(Number(announced))).toBeDefined();
  expect(await stopProcess(leader)).toBe('ended');
  await until(() => identify(Number(announced)) === undefined);
  letGo();
});

test('it ends, and its folder goes, when the process that has started it is killed', async () => {
  const own = join(folder, 'own');
  mkdirSync(own);
  const module = fileURLToPath(new URL('../../../../dist/engine/spark/server/daemon.js', import.meta.url));
  const command = { ...commandOf('echo port 1; exec sleep 600'), folder: own, log: join(own, 'log') };
  const parent = spawn(
    process.execPath,
    ['--input-type=module', '-e', holder, module, JSON.stringify(command)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const died = once(parent, 'exit').then(([code]) =>
    Promise.reject(new Error(`It ended itself, with ${code}.`)),
  );
  const [line] = await Promise.race([once(parent.stdout, 'data'), died]);
  const started = identify(Number(line));
  expect(started).toBeDefined();
  parent.kill('SIGKILL');
  await expect(died).rejects.toThrow('with null');
  await until(() => !existsSync(own));
  expect(identify(Number(line))).toBeUndefined();
});

/** Starts a daemon and stays; `env` does not go through JSON whole, and need not. */
const holder = `
const [module, command] = process.argv.slice(1);
const { startDaemon } = await import(module);
const daemon = await startDaemon(JSON.parse(command), /port (\\d+)/, new AbortController().signal);
console.log(daemon.process.pid);
setInterval(() => {}, 1000);
`;
