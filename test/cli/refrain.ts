import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
if (!existsSync(main)) throw new Error(`${main} is missing: build it first with \`npm run build\`.`);

export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The compiled command line, as a process of its own. */
export function refrain(...args: readonly string[]): Promise<Ended> {
  return startRefrain(args).ended;
}

/** @param limit shell commands that run before it, such as `ulimit`. */
export function startRefrain(
  args: readonly string[],
  limit = 'true',
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn('bash', ['-c', `${limit}; exec "$0" "$@"`, process.execPath, main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
  return { child, ended };
}
