// npm run fidelity: how near a simulated log comes to the real one, number by number.
import { runBench } from '../catch.mjs';
import { parseCommandLine } from './options.mjs';

await runBench(parseCommandLine, async ({ options }, signal) => {
  const { compareLog } = await import('./compare-log.mjs');
  await compareLog(options, signal);
});
