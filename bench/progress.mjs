/** A line for whoever waits; results go to stdout. */
export function progress(message) {
  process.stderr.write(`${message}\n`);
}
