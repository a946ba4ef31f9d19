import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const secondsToEnd = 15;

/**
 * Ends the leader of a process group, then the rest of the group: SIGTERM, and SIGKILL when that has not ended it in 15 s.
 * @returns how it ended; `gone` when there was none any more.
 */
export async function stopProcess(leader: ProcessIdentity): Promise<'gone' | 'ended' | 'killed'> {
  if (!isAlive(leader)) return 'gone';
  send(leader.pid, 'SIGTERM');
  for (let waited = 0; isAlive(leader) && waited < secondsToEnd; waited += 0.05) await sleep(50);
  const outcome = isAlive(leader) ? 'killed' : 'ended';
  // What the leader has started, executors for one, may outlive it.
  killGroup(leader.pid);
  while (isAlive(leader)) await sleep(20);
  return outcome;
}

export function killGroup(leader: number): void {
  send(-leader, 'SIGKILL');
}

/** A process may end between the look and the signal. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
