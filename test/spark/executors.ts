import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from '../../src/engine/spark/server/process-identity.ts';

/** Processes whose children are executors: a `local-cluster` server, or a worker of a standalone cluster. */
export interface HasExecutors {
  readonly launchers: readonly ProcessIdentity[];
}

/** Kills one executor of those given, as the kernel would when memory is short, and waits for one to be there first. @returns its pid. */
export async function killExecutor(of: HasExecutors): Promise<number> {
  for (;;) {
    const [pid] = executorsOf(of);
    if (pid !== undefined) {
      process.kill(pid, 'SIGKILL');
      return pid;
    }
    await sleep(50);
  }
}

/** The pids of the executors that run now. */
export function executorsOf({ launchers }: HasExecutors): number[] {
  const groups = new Set(launchers.map(({ pid }) => pid));
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,pgid=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
    .split('\n')
    .flatMap((line) => {
      const [pid, group, ...args] = line.trim().split(/\s+/);
      const isExecutor = args.includes('org.apache.spark.executor.CoarseGrainedExecutorBackend');
      return isExecutor && groups.has(Number(group)) ? [Number(pid)] : [];
    });
}
