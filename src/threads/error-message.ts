import { EngineError, InputError, InterruptedError, NothingToLearnError, UsageError } from '../errors.ts';

/** An error as it travels between threads; a copied error loses its class. */
export interface ErrorMessage {
  /** Names the class of a RefrainError; absent for any other error. */
  readonly name?: ErrorName;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly stack?: string;
}

/** What to post for something caught. */
export function toErrorMessage(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { message: String(error), details: {} };
  const { message, stack } = error;
  const posted = stack === undefined ? { message, details: {} } : { message, details: {}, stack };
  for (const name of names) {
    const kind = kinds[name];
    if (error instanceof kind) return { ...posted, name, details: error.details };
  }
  return posted;
}

/** The error that was posted, of the class it had, with the stack of the thread it came from. */
export function fromErrorMessage({ name, message, details, stack }: ErrorMessage): Error {
  const error = name ? new kinds[name](message, details) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

const kinds = { UsageError, InputError, NothingToLearnError, EngineError, InterruptedError };
type ErrorName = keyof typeof kinds;
const names: readonly ErrorName[] = [
  'UsageError',
  'InputError',
  'NothingToLearnError',
  'EngineError',
  'InterruptedError',
];
