import { runBench } from './catch.mjs';
import { parseCommandLine } from './options.mjs';

await runBench(parseCommandLine, async ({ command, options }, signal) => {
  const { bench } = await import(`./${command}.mjs`);
  await bench(options, signal);
});
