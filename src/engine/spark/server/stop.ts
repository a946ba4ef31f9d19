import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const secondsToEnd = 15;

/**
 * Ends the leader of a process group, then the rest of the group: SIGTERM, and SIGKILL when that has not ended it in 15 s.
 * @returns how it ended; `gone` when there was none any more.
 */
export async function stopProcess(leader: ProcessIdentity): Promise<'gone' | 'ended' | 'killed'> {
  if (!isAlive(leader)) return 'gone';
  process.kill(leader.pid, 'SIGTERM');
  for (let waited = 0; isAlive(leader) && waited < secondsToEnd; waited += 0.05) await sleep(50);
  const outcome = isAlive(leader) ? 'killed' : 'ended';
  killGroup(leader.pid);
  while (isAlive(leader)) await sleep(20);
  return outcome;
}

/** What the leader has started, executors for one, may outlive it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
