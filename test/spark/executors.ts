import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from '../../src/engine/spark/server/process-identity.ts';

/** Kills one executor of a `local-cluster` server, as the kernel would when memory is short, and waits for one to be there first. @returns its pid. */
export async function killExecutor(server: ProcessIdentity): Promise<number> {
  for (;;) {
    const [pid] = executorsOf(server);
    if (pid !== undefined) {
      process.kill(pid, 'SIGKILL');
      return pid;
    }
    await sleep(50);
  }
}

/** The pids of the executors that run now. */
export function executorsOf(server: ProcessIdentity): number[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,pgid=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
    .split('\n')
    .flatMap((line) => {
      const [pid, group, ...args] = line.trim().split(/\s+/);
      const isExecutor = args.includes('org.apache.spark.executor.CoarseGrainedExecutorBackend');
      return isExecutor && Number(group) === server.pid ? [Number(pid)] : [];
    });
}
