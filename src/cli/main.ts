#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EngineError, InterruptedError, RefrainError, UsageError } from '../errors.ts';
import { storageError } from '../storage-error.ts';
import { program } from './program.ts';

const abort = new AbortController();
process.on('SIGINT', () => {
  if (abort.signal.aborted) process.exit(new InterruptedError('').exitCode);
  abort.abort();
});
process.on('SIGTERM', () => abort.abort());
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as head that has seen enough is no fault of anyone's.
  process.exit(error.code === 'EPIPE' ? 0 : print(storageError(error, 'to stdout')));
});
// Nobody is left to tell; the work goes on.
process.stderr.on('error', () => {});

try {
  const root = await program(abort.signal, process.argv.slice(2));
  await root.parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? printUsage(error) : print(error);
}

/** Commander's errors; it has printed help that was asked for itself. */
function printUsage(error: CommanderError): number {
  if (error.exitCode === 0) return 0;
  if (error.code === 'commander.help') return new UsageError('').exitCode;
  const exitCode = print(new UsageError(error.message.replace(/^error: /, '')));
  if (!process.argv.includes('--json'))
    process.stderr.write('See refrain --help, or refrain COMMAND --help.\n');
  return exitCode;
}

function print(thrown: unknown): number {
  const error = isErrno(thrown) ? storageError(thrown, thrown.path ?? 'a file') : thrown;
  const known = error instanceof RefrainError;
  const message = error instanceof Error ? error.message : String(error);
  if (process.argv.includes('--json')) {
    const code = known ? error.code : 'INTERNAL';
    process.stderr.write(`${JSON.stringify({ code, message, details: known ? error.details : {} })}\n`);
  } else {
    process.stderr.write(`${known ? 'Error' : 'Internal error'}: ${message}\n`);
    if (!known) process.stderr.write('This is a fault of Refrain’s; --debug shows where it came from.\n');
  }
  if (process.argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return known ? error.exitCode : 1;
}

/** An error of the file system that nothing nearer to it has put into words. */
function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !(error instanceof EngineError) && 'syscall' in error && 'code' in error;
}
