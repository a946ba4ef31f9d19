// Builds dist/: JavaScript, one WebAssembly module a folder of kernel/ that has an asconfig.json, and the report's page.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

run('typescript/bin/tsc', ['-b', 'src']);
for (const folder of readdirSync(join(root, 'kernel')).sort()) {
  const config = join('kernel', folder, 'asconfig.json');
  if (existsSync(join(root, config))) run('assemblyscript/bin/asc.js', ['--config', config]);
}
run('vite/bin/vite.js', ['build', '-c', 'web/vite.config.ts', '--logLevel', 'warn']);

function run(tool, args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
