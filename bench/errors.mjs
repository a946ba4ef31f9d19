/** Something that the user of the bench can mend; printed without a stack. */
export class BenchError extends Error {
  /** @param {number} exitCode 2 for a wrong command line, 1 for anything else. */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
