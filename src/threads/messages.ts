import type { ErrorMessage } from './error-message.ts';

/** A task on its way to a worker. */
export interface Request<Task> {
  readonly index: number;
  readonly task: Task;
}

/** What became of it. */
export type Reply<Result> =
  | { readonly index: number; readonly result: Result }
  | { readonly index: number; readonly error: ErrorMessage };
