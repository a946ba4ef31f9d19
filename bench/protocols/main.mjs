// npm run protocols: what the same learners claim of the same logs by the whole history, and by forecasts of users they never saw; docs/results.md.
import { runBench } from '../catch.mjs';
import { parseCommandLine } from './options.mjs';

await runBench(parseCommandLine, async ({ options }, signal) => {
  const { compareProtocols } = await import('./compare-protocols.mjs');
  await compareProtocols(options, signal);
});
