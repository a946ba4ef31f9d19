import { EngineError, InterruptedError, type RefrainError } from '../../errors.ts';

/** DuckDB's error as one of ours: what it was doing, what DuckDB said, and what can be done about the common ones. */
export function duckdbError(cause: unknown, sql: string, signal: AbortSignal): RefrainError {
  if (signal.aborted) return new InterruptedError('Interrupted: nothing was changed.', {}, { cause });
  const message = cause instanceof Error ? cause.message : String(cause);
  return new EngineError(
    `DuckDB: ${message}${advice(message)}`,
    { sql: sql.trim().slice(0, 2000) },
    { cause },
  );
}

function advice(message: string): string {
  if (/no space left|disk full|could not write/i.test(message)) {
    return '\nThe disk is full: free some space, or choose another folder with --out.';
  }
  if (/out of memory/i.test(message))
    return '\nGive it more memory with --memory, or fewer threads with --threads.';
  return '';
}
