import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { SparkServer } from './start.ts';

/**
 * Has a server ended and its folder removed when this process dies, however it dies: a shell waits on a pipe that the
 * system closes then.
 * @returns calls it off.
 */
export function endWithThisProcess(server: Pick<SparkServer, 'process' | 'folder'>): () => void {
  const watcher = spawn('sh', ['-c', script, 'sh', String(server.process.pid), server.folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
  return () => watcher.stdin.end('called off\n');
}

const script = `
read -r word && exit 0
kill -TERM "$1"
i=0
while kill -0 "$1" && [ "$i" -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
kill -KILL -- "-$1"
rm -rf "$2"
`;
