// `npm start`: the mini Sparkify log, simulated once, and the main job on it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const log = join(root, 'demo', 'mini.json');

if (!existsSync(log)) {
  process.stderr.write('Simulating the mini Sparkify log: 225 users, 63 days …\n');
  mkdirSync(dirname(log), { recursive: true });
  refrain('simulate', '--size', 'mini', '--out', log);
}
process.stderr.write('Running the main job on it …\n');
refrain('run', log, '--out', join(root, 'demo', 'run'), '--force');

function refrain(...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
