import { BenchError } from './errors.mjs';

/**
 * The only catch of a bench: what the user can mend is said in a line, anything else with its stack; Ctrl-C ends it with 130.
 * @param parse of the arguments: `{help: true, text}`, or what `start` takes.
 * @param start `(commandLine, signal)`, which does the work.
 */
export async function runBench(parse, start) {
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  process.once('SIGTERM', () => interruption.abort());
  try {
    const commandLine = parse(process.argv.slice(2));
    if (commandLine.help) process.stdout.write(commandLine.text);
    else await start(commandLine, interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) {
      process.stderr.write('Interrupted: nothing was written.\n');
      process.exitCode = 130;
    } else if (error instanceof BenchError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.exitCode;
    } else {
      throw error;
    }
  }
}
