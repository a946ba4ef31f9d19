import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentEffects } from '../../dist/effects.js';
import { simulate } from '../../dist/simulate/simulate.js';
import { writeDocument } from '../document.mjs';
import { BenchError } from '../errors.mjs';
import { progress } from '../progress.mjs';
import { compareCohorts } from './cohorts.mjs';
import { openEvents } from './events.mjs';
import { compareMinis } from './minis.mjs';
import { comparePages } from './pages.mjs';
import { compareQuantiles } from './quantiles.mjs';
import { inMarkdown } from './tables.mjs';
import { compareTimes, lossesByTenDays, lossesByWeek } from './times.mjs';
import { compareTotals } from './totals.mjs';
import { makeUsers } from './users.mjs';

/** Simulates the log, unless it is there, compares it and prints what was found. */
export async function compareLog(options, signal) {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-fidelity-'));
  try {
    const log = options.log === undefined ? await simulated(options, folder, signal) : existing(options.log);
    progress('reading the log');
    const events = await openEvents(log, join(folder, 'events.duckdb'), signal);
    const found = {
      ...(await comparisons(events, options).finally(() => events.close())),
      minis: compareMinis(options.minis, signal),
    };
    const text = options.json ? JSON.stringify(found, null, 2) : inMarkdown(found);
    process.stdout.write(`${text}\n`);
    if (options.document) {
      progress(`written: ${writeDocument('fidelity', inMarkdown(found), 'docs/fidelity.md')}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function simulated({ users, days, seed }, folder, signal) {
  const out = join(folder, 'log.json');
  progress(`simulating ${users.toLocaleString('en-US')} users and ${days} days with seed ${seed}`);
  await simulate({ users, days, seed, out }, { ...silentEffects, signal, threads: 2 });
  return out;
}

function existing(name) {
  const path = resolve(name);
  if (!existsSync(path)) throw new BenchError(`There is no log ${path}.`, 2);
  return path;
}

async function comparisons(events, options) {
  const { users, days, seed } = options;
  await makeUsers(events);
  const [{ named }] = await events.rows('SELECT count(*) AS named FROM users');
  if (named !== users) {
    throw new BenchError(
      `The log has ${named} users, expected ${users}: say with --users, --days and --seed what it is.`,
    );
  }
  return {
    log: { users, days, seed },
    quantiles: await compareQuantiles(events),
    pages: await comparePages(events, options),
    totals: await compareTotals(events, options),
    times: await compareTimes(events, options),
    losses: { weeks: await lossesByWeek(events, options), tenDays: await lossesByTenDays(events, options) },
    cohorts: await compareCohorts(events, options),
  };
}
