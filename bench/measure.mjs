import { spawn } from 'node:child_process';
import { BenchError } from './errors.mjs';
import { ProcessTree } from './process-tree.mjs';

/**
 * Runs a process to its end. `peakBytes` and `cpuSeconds` are null where the system has no /proc.
 * @returns {Promise<{output: string, wallSeconds: number, cpuSeconds: number | null, peakBytes: number | null}>}
 * @throws {BenchError} with the end of what it wrote to stderr, when it fails.
 */
export function measure({ file, args, env }, title, signal) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    const tree = new ProcessTree(child.pid);
    tree.sample();
    const timer = setInterval(() => tree.sample(), 100);
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-4000);
    });
    child.on('error', (error) => {
      clearInterval(timer);
      reject(signal.aborted ? error : new BenchError(`${title}: cannot start ${file}: ${error.message}`));
    });
    child.on('close', (status, killedBy) => {
      clearInterval(timer);
      const wallSeconds = (performance.now() - start) / 1000;
      if (status === 0) resolve({ output, wallSeconds, ...tree.totals() });
      else
        reject(new BenchError(`${title} ended with ${killedBy ?? `exit code ${status}`}:\n${errors.trim()}`));
    });
  });
}
