import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const secondsToEnd = 15;

/**
 * Ends a server and all processes of its group: SIGTERM, and SIGKILL when that has not ended it in 15 s.
 * @returns how it ended; `gone` when there was none any more.
 */
export async function stopServer(server: ProcessIdentity): Promise<'gone' | 'ended' | 'killed'> {
  if (!isAlive(server)) return 'gone';
  process.kill(server.pid, 'SIGTERM');
  for (let waited = 0; isAlive(server) && waited < secondsToEnd; waited += 0.05) await sleep(50);
  const outcome = isAlive(server) ? 'killed' : 'ended';
  killGroup(server.pid);
  while (isAlive(server)) await sleep(20);
  return outcome;
}

/** What the server has started, executors for one, may outlive it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
