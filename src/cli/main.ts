#!/usr/bin/env node
import { CommanderError } from 'commander';
import { RefrainError, UsageError } from '../errors.ts';
import { program } from './program.ts';

const abort = new AbortController();
process.on('SIGINT', () => {
  if (abort.signal.aborted) process.exit(130);
  abort.abort();
});
process.on('SIGTERM', () => abort.abort());

try {
  await program(abort.signal).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const message = error.message.replace(/^error: /, '');
    return print(new UsageError(message));
  }
  return print(error);
}

function print(error: unknown): number {
  const known = error instanceof RefrainError;
  const message = error instanceof Error ? error.message : String(error);
  if (process.argv.includes('--json')) {
    const code = known ? error.code : 'INTERNAL';
    process.stderr.write(`${JSON.stringify({ code, message, details: known ? error.details : {} })}\n`);
  } else {
    process.stderr.write(`${known ? 'Error' : 'Internal error'}: ${message}\n`);
    if (error instanceof UsageError) process.stderr.write('See refrain --help.\n');
    if (!known) process.stderr.write('This is a fault of Refrain’s; --debug shows where it came from.\n');
  }
  if (process.argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return known ? error.exitCode : 1;
}
