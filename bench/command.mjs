import { spawn } from 'node:child_process';

/**
 * Runs a program that is not measured.
 * @returns {Promise<{status: number | null, output: string}>} status is null when it could not be started or was killed; output is what it wrote to both streams.
 */
export function runCommand(file, args, signal) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
    let output = '';
    const collect = (text) => {
      output = (output + text).slice(-100_000);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => resolve({ status: null, output: error.message }));
    child.on('close', (status) => resolve({ status, output: output.trim() }));
  });
}
