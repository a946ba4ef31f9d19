// Installs and builds what is missing or out of date, once, whoever asks first; a second call costs half a second.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const owner = join(root, '.refrain-setup.pid');
const installStamp = join(root, 'node_modules', '.refrain-installed');
const buildStamp = join(root, 'dist', '.refrain-built');

requireNode();
withLock(() => {
  step(
    installStamp,
    hash(['package.json', 'package-lock.json'], [process.platform, process.arch, process.versions.modules]),
    install,
  );
  step(
    buildStamp,
    hash(
      [
        ...sources('src'),
        ...sources('kernel'),
        ...sources('web'),
        'scripts/build.mjs',
        'tsconfig.base.json',
        'package.json',
      ],
      [],
    ),
    build,
  );
});

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 20)) return;
  fail(`Refrain needs Node 20.20 or newer; this is ${process.version}.`);
}

/** Does `work` unless it was done for the same inputs. */
function step(stamp, inputs, work) {
  if (read(stamp) === inputs) return;
  rmSync(stamp, { force: true });
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
}

function install() {
  process.stderr.write('Installing packages …\n');
  npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

function build() {
  process.stderr.write('Building …\n');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
}

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(process.execPath, [cli, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (status !== 0)
    fail(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` with exit code ${status}`}.`);
}

/** One setup at a time; a lock whose owner is gone is taken over. It lies outside node_modules, which `npm ci` empties. */
function withLock(work) {
  const deadline = Date.now() + 10 * 60_000;
  while (!tryLock()) {
    if (Date.now() > deadline) fail(`Another setup holds ${owner}; delete the file if there is none.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    work();
  } finally {
    rmSync(owner, { force: true });
  }
}

function tryLock() {
  try {
    writeFileSync(owner, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const pid = Number(read(owner));
    if (pid > 0 && !isAlive(pid)) rmSync(owner, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
}

function hash(files, words) {
  const sum = createHash('sha256').update(words.join());
  for (const file of files) sum.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  return sum.digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
