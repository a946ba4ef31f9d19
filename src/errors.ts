/** Every error that Refrain raises on purpose. `exitCode` is what the command line ends with. */
export abstract class RefrainError extends Error {
  abstract readonly code: string;
  abstract readonly exitCode: number;
  readonly details: Readonly<Record<string, unknown>>;

  /** @param details plain data for machines: the offending value, the file, the line. */
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.details = details;
  }
}

/** The command or the settings are wrong. */
export class UsageError extends RefrainError {
  readonly code = 'USAGE';
  readonly exitCode = 2;
}

/** The log, a definition, a model or another input file is wrong. */
export class InputError extends RefrainError {
  readonly code = 'BAD_INPUT';
  readonly exitCode = 3;
}

/** The input is fine, but holds too little to learn from. */
export class NothingToLearnError extends RefrainError {
  readonly code = 'NOTHING_TO_LEARN';
  readonly exitCode = 4;
}

/** The engine or the storage failed: disk full, out of memory, no connection. */
export class EngineError extends RefrainError {
  readonly code = 'ENGINE';
  readonly exitCode = 5;
}

/** The work is done, and its audit found what must not be believed. */
export class AuditError extends RefrainError {
  readonly code = 'AUDIT_FINDINGS';
  readonly exitCode = 6;

  constructor(findings: readonly { readonly check: string; readonly feature?: string }[]) {
    const named = findings.map(({ check, feature }) =>
      feature === undefined ? check : `${check} (${feature})`,
    );
    super(
      `The audit has ${findings.length} finding${findings.length === 1 ? '' : 's'}: ${named.slice(0, 5).join(', ')}${named.length > 5 ? ', …' : ''}.`,
      { findings },
    );
  }
}

/** The user or the caller's AbortSignal stopped the work. */
export class InterruptedError extends RefrainError {
  readonly code = 'INTERRUPTED';
  readonly exitCode = 130;
}
