import { spawn } from 'node:child_process';
import { InterruptedError } from '../../../errors.ts';
import { killGroup } from './stop.ts';

export interface ToolResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** What it wrote to stdout and stderr. */
  readonly output: string;
}

/**
 * Runs a program to its end; aborting `signal` ends it and what it started.
 * @returns undefined when there is no such program.
 * @throws InterruptedError when aborted.
 */
export function runTool(
  file: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<ToolResult | undefined> {
  const { env, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', end);
      if (error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(new InterruptedError(`Interrupted while ${file} ran.`));
      else resolve({ code, output });
    });
  });
}
