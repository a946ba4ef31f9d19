import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

export interface DeathWatch {
  /** The watched process has ended: its folder still goes with this process. */
  readonly ended: () => void;
  readonly callOff: () => void;
}

/**
 * Has a process ended, and its folder removed, when this process dies, however it dies: a shell waits on a pipe that
 * the system closes then.
 * @param pid the leader of a process group.
 */
export function endWithThisProcess(pid: number, folder: string): DeathWatch {
  const watcher = spawn('sh', ['-c', script, 'sh', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
  // A watcher that somebody has killed can be told nothing.
  watcher.stdin.on('error', () => {});
  return {
    ended: () => watcher.stdin.write('ended\n'),
    callOff: () => watcher.stdin.end('off\n'),
  };
}

const script = `
pid=$1
while read -r word; do
  case $word in
    off) exit 0 ;;
    ended) pid= ;;
  esac
done
if [ -n "$pid" ]; then
  kill -TERM "$pid"
  i=0
  while kill -0 "$pid" && [ "$i" -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
  kill -KILL -- "-$pid"
fi
rm -rf "$2"
`;
