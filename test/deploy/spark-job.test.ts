import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { installSpark, type SparkInstallation } from '../../src/engine/spark/server/install.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { effects } from '../spark/own-server.ts';
import { deploy, type Ended, run } from './tools.ts';

const job = join(deploy, 'spark', 'refrain_job.py');
const log = fileURLToPath(new URL('../fixtures/real-log/', import.meta.url));
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

let spark: SparkInstallation;
let python: string;
let folder: string;
beforeAll(async () => {
  spark = await installSpark({ version: sparkVersions.newest }, effects);
  python = join(spark.home, '..', '..', '..', '..', 'bin', 'python');
  folder = await mkdtemp(join(tmpdir(), 'refrain-job-'));
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));

test('a Spark application computes a run, with a server that only it can reach, and leaves it where it is told', async () => {
  const refrain = join(folder, 'refrain');
  await writeFile(
    refrain,
    `#!/bin/sh\necho "$SPARK_REMOTE" >&2\nexec '${process.execPath}' '${main}' "$@"\n`,
  );
  await chmod(refrain, 0o755);
  const runs = join(folder, 'runs');
  const { code, stdout } = await submit(
    ...['--copy-to', `file://${runs}`, '--name', 'first', '--refrain', refrain],
    ...['--', 'run', log, '--threads', '1'],
  );
  // Spark puts both outputs of the script into one.
  expect(stdout).toContain(`The run is at file://${runs}/first`);
  expect(stdout).toMatch(/sc:\/\/127\.0\.0\.1:\d+\n/);
  // The real days hold no loss, and the application ends with Refrain's own code.
  expect(code).toBe(4);
  expect(await readdir(join(runs, 'first'))).toEqual(
    expect.arrayContaining(['run.json', 'report.html', 'ledger.parquet', 'statistics']),
  );
  const { accounting, settings } = JSON.parse(await readFile(join(runs, 'first', 'run.json'), 'utf8'));
  expect(accounting).toMatchObject({ lines: 980, accepted: 956, anonymous: 24, quarantined: 0 });
  expect(settings.engine).toBe('spark');
}, 300_000);

test.each([
  [['--', 'explore', 'LOG'], 'after -- comes what Refrain is to do'],
  [['--copy-to', 'file:/runs'], 'after -- comes what Refrain is to do'],
  [['--', 'run', 'LOG'], '--copy-to is needed by run'],
  [['--copy-to', 'file:/runs', '--', 'score', 'LOG', '--publish', 'table:a'], '--copy-to is needed by run'],
  [['--', 'score', 'LOG', '--model', 'file:/runs/first'], 'score needs --publish'],
  [['--copy-to', 'file:/runs', '--name', '../x', '--', 'run', 'LOG'], '--name ../x'],
  [['--copy-to', 'file:/runs', '--', 'run', 'LOG', '--out=here'], '--out is set by this job'],
  [['--copy-to', 'file:/runs', '--', 'run', 'LOG', '--remote', 'sc://a'], '--remote is set by this job'],
  [['--copy-to', 'a', '--bundle', 'b', '--refrain', 'c', '--', 'run', 'LOG'], 'not allowed with'],
])('%j is refused before Spark starts', async (words, message) => {
  const { code, stderr } = await run(python, [job, ...words]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('the CronJob of Kubernetes says what the job understands', async () => {
  const manifest = parse(await readFile(join(deploy, 'kubernetes', 'cronjob.yaml'), 'utf8'));
  const { command } = manifest.spec.jobTemplate.spec.template.spec.containers[0];
  const words = command.slice(command.indexOf('/opt/refrain/deploy/spark/refrain_job.py') + 1);
  const script = 'import sys, refrain_job\nprint(refrain_job.parse_arguments(sys.argv[1:]).command)';
  const env = { PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: join(deploy, 'spark') };
  expect(await run(python, ['-c', script, ...words], env)).toEqual({
    code: 0,
    stdout: "['run', 's3a://example-events/log/', '--work', 's3a://example-churn/work']\n",
    stderr: '',
  });
});

/** As on a cluster, but for the master. */
async function submit(...words: string[]): Promise<Ended> {
  await mkdir(join(folder, 'work'));
  const conf = {
    'spark.ui.enabled': 'false',
    'spark.local.dir': join(folder, 'work'),
    'spark.sql.warehouse.dir': join(folder, 'warehouse'),
    'spark.sql.shuffle.partitions': '4',
    'spark.driver.extraJavaOptions': '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
  };
  const options = Object.entries(conf).flatMap(([key, value]) => ['--conf', `${key}=${value}`]);
  const submitted = ['--master', 'local[2]', '--driver-memory', '1g', ...options, job, ...words];
  const env = { SPARK_HOME: spark.home, SPARK_LOCAL_IP: '127.0.0.1', PYSPARK_PYTHON: python };
  return run(join(spark.home, 'bin', 'spark-submit'), submitted, env);
}
