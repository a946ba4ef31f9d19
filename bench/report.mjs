import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { measure } from './measure.mjs';
import { table } from './numbers.mjs';
import { progress } from './progress.mjs';
import { openInChromium } from './report/open-in-chromium.mjs';
import { openingTimes } from './report/opening-times.mjs';
import { median } from './summary.mjs';

const refrain = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Times the report of a run folder, and what a reader does with it. @throws {BenchError} when a part fails. */
export async function bench({ run, rounds, threads }, signal) {
  const file = join(resolve(run), 'report.html');
  const made = await measure(
    {
      file: process.execPath,
      args: [refrain, 'report', run, '--threads', String(threads)],
      env: process.env,
    },
    'refrain report',
    signal,
  );
  const openings = [];
  for (let round = 0; round < rounds; round++) {
    progress(`opening ${round + 1} of ${rounds}`);
    openings.push(await openInChromium((browser) => openingTimes(browser, pathToFileURL(file).href)));
  }
  process.stdout.write(`${inMarkdown(made, file, openings)}\n`);
}

function inMarkdown(made, file, openings) {
  const bytes = statSync(file).size;
  const sizes = `report.html: ${(bytes / 1e6).toFixed(2)} MB, ${(gzipSync(readFileSync(file)).length / 1e6).toFixed(2)} MB gzipped`;
  const cost = `refrain report: ${made.wallSeconds.toFixed(1)} s, CPU ${made.cpuSeconds?.toFixed(1) ?? '?'} s, ${((made.peakBytes ?? 0) / 1e6).toFixed(0)} MB at most`;
  const rows = Object.keys(openings[0]).map((what) => {
    const times = openings.map((opening) => opening[what]);
    return [what, median(times).toFixed(0), Math.max(...times).toFixed(0)];
  });
  return [sizes, cost, table(['', ':ms, median', ':worst'], rows)].join('\n\n');
}
