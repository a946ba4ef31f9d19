import { readFileSync } from 'node:fs';

/** The figures of the real logs, full and mini, as public projects printed them. */
export function targetsOf() {
  return { full: read('full.json'), mini: read('mini.json') };
}

function read(name) {
  return JSON.parse(readFileSync(new URL(`targets/${name}`, import.meta.url), 'utf8'));
}
