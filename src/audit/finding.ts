/** What an audit looks for; `docs/audit.md` says how, and what each can and cannot see. */
export type CheckName =
  | 'future edit'
  | 'undated table'
  | 'label scramble'
  | 'identity'
  | 'identifier'
  | 'target encoding'
  | 'duplicate rows'
  | 'foreknowledge'
  | 'alone against the rest'
  | 'too good';

/**
 * `leak`: shown by an edit, an equation or equal rows. `suspect`: so improbable for an honest feature that someone must look.
 * `unknown`: nothing in the data can show it either way; it does not fail an audit.
 */
type Severity = 'leak' | 'suspect' | 'unknown';

/** One thing that is wrong, or cannot be known to be right. */
export interface Finding {
  readonly check: CheckName;
  readonly severity: Severity;
  /** The feature, or several joined by " + "; absent where the finding is of the rows or the score. */
  readonly feature?: string;
  /** The numbers that it rests on. */
  readonly evidence: Readonly<Record<string, number>>;
  /** For a reader who runs the service. */
  readonly words: string;
}

/** Whether the finding is one that an audit fails by. */
export function isFault({ severity }: Finding): boolean {
  return severity !== 'unknown';
}
