// node bench/audit/main.mjs [--first 1] [--seeds 20] [--users 200] [--early 5]: false alarms of `refrain audit` on clean simulated logs with clean own
// tables; on the first few of them also what it says of the same tables dated a week too early.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { silentEffects, simulate } from '../../dist/index.js';
import { readDays, writeOwnTables } from './own-tables.mjs';

const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '20' },
    users: { type: 'string', default: '200' },
    early: { type: 'string', default: '5' },
  },
});
const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The findings that an audit fails by. */
function audit(folder, log) {
  const own = ['ratings.csv', 'profile.csv'].flatMap((name) => ['--with', join(folder, name)]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'audit', log, ...own, '--folds', '3', '--replicates', '200', '--json'],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status !== 0 && status !== 6) throw new Error(`refrain audit ended with ${status}: ${stderr}`);
  const { checks } = JSON.parse(stdout);
  return checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'unknown');
}

const named = (findings) =>
  findings.map(({ check, feature }) => `${check} (${feature ?? 'rows'})`).join(', ') || '–';
const counts = { alarms: 0, caught: 0 };
const [first, seeds, early] = [values.first, values.seeds, values.early].map(Number);
for (let seed = first; seed < first + seeds; seed++) {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-audit-bench-'));
  try {
    const log = join(folder, 'log.json');
    await simulate({ users: Number(values.users), days: 63, seed, out: log }, silentEffects);
    const days = await readDays(log);
    await writeOwnTables(folder, days, seed);
    const clean = audit(folder, log);
    counts.alarms += clean.length;
    process.stdout.write(`seed ${seed}: ${named(clean)}\n`);
    if (seed >= first + early) continue;
    await writeOwnTables(folder, days, seed, 7);
    const dated = audit(folder, log);
    counts.caught += dated.some(({ feature }) => feature === 'rating') ? 1 : 0;
    process.stdout.write(`seed ${seed}, dated a week early: ${named(dated)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
process.stdout.write(
  `${counts.alarms} false alarms on ${seeds} logs of ${values.users} users; ${counts.caught} of ${early} tables dated a week early caught\n`,
);
