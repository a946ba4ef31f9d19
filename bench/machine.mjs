import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { connect } from './duckdb.mjs';

/** What the numbers were measured on. `load` is the mean number of running processes in the minute before. */
export function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${distribution()}, ${type()} ${release()}`,
    load: Number(loadavg()[0].toFixed(2)),
  };
}

/** Versions of what runs in Node; other subjects tell theirs themselves. */
export async function describeVersions() {
  const duckdb = await connect();
  const [{ version }] = await duckdb.rows('select version() as version');
  duckdb.close();
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return { refrain: manifest.version, node: process.version, duckdb: version };
}

function distribution() {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type();
  } catch {
    return type();
  }
}
