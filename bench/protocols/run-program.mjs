import { spawn } from 'node:child_process';

/** Runs a program; its two streams apart. @returns {Promise<{status: number | null, output: string, errors: string}>} */
export function runProgram(file, args, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
    const streams = { output: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      streams.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      streams.errors += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...streams }));
  });
}
