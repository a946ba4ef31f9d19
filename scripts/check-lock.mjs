// The registry lacks some platform builds of some tools; npm then drops them from the lock without a word, and `npm ci`
// fails on the platforms that miss them. Every optional dependency that a locked package names must be locked too.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !locked.has(name))
    .map((name) => `${path || 'the project'} wants ${name}`),
);
const hosts = Object.entries(packages).filter(([, { resolved }]) => resolved?.startsWith('http'));
if (missing.length + hosts.length > 0) {
  for (const line of missing) console.error(`package-lock.json: ${line}, which is not locked.`);
  for (const [path] of hosts) console.error(`package-lock.json: ${path} names a registry's host.`);
  process.exit(1);
}
