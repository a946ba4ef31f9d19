// npm run fidelity: how near a simulated log comes to the real one, number by number.
import { BenchError } from '../errors.mjs';
import { parseCommandLine } from './options.mjs';

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());
process.once('SIGTERM', () => interruption.abort());

try {
  const commandLine = parseCommandLine(process.argv.slice(2));
  if (commandLine.help) {
    process.stdout.write(commandLine.text);
  } else {
    const { compareLog } = await import('./compare-log.mjs');
    await compareLog(commandLine.options, interruption.signal);
  }
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
