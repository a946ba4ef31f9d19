import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StandIn, startStandIn } from '../storage/stand-in.ts';
import { deploy, installTools, run } from './tools.ts';

// The scripts run as they are, with the real AWS command line, which checks every argument, against PyPI's moto, which
// keeps what it was asked for.

let folder: string;
let moto: StandIn;
let env: Record<string, string>;
let bundle: string;
const role = 'arn:aws:iam::123456789012:role/refrain';

beforeAll(async () => {
  const tools = await installTools();
  folder = await mkdtemp(join(tmpdir(), 'refrain-emr-'));
  moto = await startStandIn({
    name: 'AWS',
    file: tools.python,
    args: () => ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'],
    env: { PYTHONUNBUFFERED: '1' },
    isUp: /Running on (http:\/\/127\.0\.0\.1:\d+)/,
  });
  env = {
    PATH: `${join(folder, 'bin')}:${tools.bin}:${process.env.PATH}`,
    ...{ AWS_ENDPOINT_URL: moto.announced, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ AWS_PAGER: '', HOME: folder, POLL_SECONDS: '1' },
  };
  await aws('s3', 'mb', 's3://churn');
  bundle = join(folder, 'bundle.tar.gz');
  await makeBundle(bundle);
}, 300_000);
afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true });
});

test('what EMR needs is uploaded, the bundle under its SHA-256', async () => {
  const { stdout, stderr, code } = await script('upload.sh', 's3://churn/deploy/', bundle);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toMatch(/^s3:\/\/churn\/deploy\/refrain-[0-9a-f]{64}\.tar\.gz\n$/);
  const sum = /refrain-(\w+)/.exec(stdout)?.[1];
  expect(sum).toBe(
    createHash('sha256')
      .update(await readFile(bundle))
      .digest('hex'),
  );
  const listing = await aws('s3', 'ls', 's3://churn/deploy/');
  expect([...listing.matchAll(/[\w-]+\.(?:sh|py)$/gm)].map(([name]) => name)).toEqual([
    'bootstrap.sh',
    'refrain_job.py',
  ]);
});

test('a cluster is created with the run as its one step, word by word', async () => {
  const words = ['run', 's3://events/log/', '--definition', "my 'gym'.yaml", '--learner', 'spark-gbt'];
  const made = await script(
    'cluster.sh',
    's3://churn/',
    's3://churn/deploy/refrain-0.tar.gz',
    '--',
    ...words,
  );
  expect({ stderr: made.stderr, code: made.code }).toEqual({ stderr: '', code: 0 });
  const id = made.stdout.trim();
  const { Cluster } = JSON.parse(await aws('emr', 'describe-cluster', '--cluster-id', id));
  expect(Cluster).toMatchObject({
    ReleaseLabel: 'emr-spark-8.0.0',
    AutoTerminate: true,
    LogUri: 's3://churn/logs',
  });
  const { Steps } = JSON.parse(await aws('emr', 'list-steps', '--cluster-id', id));
  expect(Steps).toHaveLength(1);
  expect(Steps[0].Config.Args).toEqual([
    ...['spark-submit', '--deploy-mode', 'client', '--driver-memory', '8g'],
    ...['--conf', 'spark.driver.maxResultSize=0', 's3://churn/deploy/refrain_job.py'],
    ...['--copy-to', 's3://churn/runs', '--refrain', '/usr/local/bin/refrain', '--'],
    ...[...words, '--work', 's3://churn/work'],
  ]);
});

test('a job of EMR Serverless is started, and waited for', async () => {
  // moto knows no release with Spark 4.
  const application = await aws(
    ...['emr-serverless', 'create-application', '--type', 'SPARK', '--release-label', 'emr-6.9.0'],
    ...['--query', 'applicationId', '--output', 'text'],
  );
  const id = application.trim();
  const url = 's3://churn/deploy/refrain-0.tar.gz';
  const { stdout, stderr, code } = await script(
    'serverless.sh',
    ...[id, role, 's3://churn', url, '--', 'run', 'table:db.events', '--publish', 'table:db.churn'],
  );
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const asked = ['--application-id', id, '--job-run-id', stdout.trim()];
  const { jobRun } = JSON.parse(await aws('emr-serverless', 'get-job-run', ...asked));
  expect(jobRun.jobDriver.sparkSubmit).toMatchObject({
    entryPoint: 's3://churn/deploy/refrain_job.py',
    entryPointArguments: [
      ...['--copy-to', 's3://churn/runs', '--bundle', url, '--', 'run', 'table:db.events'],
      ...['--publish', 'table:db.churn', '--work', 's3://churn/work'],
    ],
  });
  expect(jobRun.configurationOverrides.monitoringConfiguration.s3MonitoringConfiguration.logUri).toBe(
    's3://churn/logs/',
  );
});

test.each(['cluster.sh', 'serverless.sh'])('%s without a command says what is missing', async (name) => {
  const words = name === 'cluster.sh' ? ['s3://a', 's3://b/c'] : ['app', role, 's3://a', 's3://b/c'];
  const { code, stderr } = await script(name, ...words);
  expect(code).toBe(2);
  expect(stderr).toBe('After -- comes what Refrain is to do: run LOG... [options]\n');
});

test('the bootstrap action installs the bundle on the primary node alone, and only if its sum is right', async () => {
  const url = (await script('upload.sh', 's3://churn/deploy', bundle)).stdout.trim();
  const install = async (isMaster: boolean, from: string) => {
    await writeFile(join(folder, 'instance.json'), `{\n  "isMaster": ${isMaster}\n}`);
    const variables = {
      EMR_INSTANCE_FILE: join(folder, 'instance.json'),
      REFRAIN_INSTALL: folder,
      REFRAIN_LINK: join(folder, 'bin', 'refrain'),
    };
    return run(join(deploy, 'emr', 'bootstrap.sh'), [from], { ...env, ...variables });
  };
  expect(await install(false, url)).toEqual({ code: 0, stdout: '', stderr: '' });
  await aws('s3', 'cp', url, `s3://churn/deploy/refrain-${'0'.repeat(64)}.tar.gz`);
  const wrong = await install(true, `s3://churn/deploy/refrain-${'0'.repeat(64)}.tar.gz`);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('did NOT match');
  expect(await install(true, url)).toEqual({ code: 0, stdout: 'a bundle\n', stderr: '' });
  expect(await readlink(join(folder, 'bin', 'refrain'))).toBe(join(folder, 'refrain/bin/refrain'));
});

function script(name: string, ...args: string[]) {
  return run(join(deploy, 'emr', name), args, env);
}

async function aws(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('aws', args, env);
  if (code !== 0) throw new Error(`aws ${args.join(' ')} failed:\n${stderr}`);
  return stdout;
}

/** Laid out as what deploy/bundle.sh makes. */
async function makeBundle(path: string): Promise<void> {
  await mkdir(join(folder, 'made', 'refrain', 'bin'), { recursive: true });
  await mkdir(join(folder, 'bin'));
  const program = join(folder, 'made', 'refrain', 'bin', 'refrain');
  await writeFile(program, '#!/bin/sh\necho a bundle\n');
  await chmod(program, 0o755);
  await run('tar', ['-czf', path, '-C', join(folder, 'made'), 'refrain']);
}
