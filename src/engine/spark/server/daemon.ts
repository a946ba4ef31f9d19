import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '../../../effects.ts';
import { EngineError } from '../../../errors.ts';
import { endWithThisProcess } from './end-with-process.ts';
import { identify, type ProcessIdentity } from './process-identity.ts';
import { stopProcess } from './stop.ts';

/** A program in a process group of its own that writes to a log. */
export interface Daemon {
  readonly process: ProcessIdentity;
  /** What the first group of the pattern has matched in its log. */
  readonly announced: string;
  /** The end of its log as an error. */
  readonly failure: (what: string) => Promise<EngineError>;
  /** Until this is called, the daemon ends and its folder goes when this process dies. */
  readonly letGo: () => void;
}

export interface DaemonCommand {
  /** For messages: `Spark server`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Its working directory, which it owns. */
  readonly folder: string;
  readonly log: string;
}

const secondsToStart = 180;

/**
 * Starts a program and waits until its log says that it is up.
 * @throws EngineError with the end of its log when it ends or says nothing in 180 s; InterruptedError.
 */
export async function startDaemon(
  command: DaemonCommand,
  isUp: RegExp,
  signal: AbortSignal,
): Promise<Daemon> {
  const { child, pid } = await spawnLogged(command);
  const watch = endWithThisProcess(pid, command.folder);
  child.on('exit', watch.ended);
  const process = identify(pid) ?? { pid, start: 'ended at once' };
  const failure = (what: string) => logError(`The ${command.name} ${what}.`, command.log);
  try {
    const announced = await announcement(child, command.log, isUp, failure, signal);
    return { process, announced, failure, letGo: watch.callOff };
  } catch (error) {
    await stopProcess(process);
    watch.callOff();
    throw error;
  }
}

async function spawnLogged(command: DaemonCommand): Promise<{ child: ChildProcess; pid: number }> {
  const { file, args, env, folder, log } = command;
  const output = await open(log, 'w', 0o600);
  try {
    const child = spawn(file, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env,
    });
    child.unref();
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error('it has no process number');
    return { child, pid: child.pid };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(`Cannot start ${file}: ${reason}.`, { file }, { cause: error });
  } finally {
    await output.close();
  }
}

async function announcement(
  child: ChildProcess,
  log: string,
  isUp: RegExp,
  failure: (what: string) => Promise<EngineError>,
  signal: AbortSignal,
): Promise<string> {
  const tooLate = AbortSignal.timeout(secondsToStart * 1000);
  for (;;) {
    throwIfAborted(signal);
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    const match = isUp.exec(await readFile(log, 'utf8'));
    if (match !== null) return match[1];
    if (hasEnded) throw await failure('ended while starting');
    if (tooLate.aborted) throw await failure(`did not come up in ${secondsToStart} s`);
    await sleep(100);
  }
}

async function logError(what: string, log: string): Promise<EngineError> {
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  return new EngineError(`${what} The end of its log:\n${lines.slice(-20).join('\n')}`, {
    log: lines.slice(-200),
  });
}
