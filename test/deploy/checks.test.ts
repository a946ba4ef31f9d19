import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { deploy, installTools, run, type Tools } from './tools.ts';

let tools: Tools;
beforeAll(async () => {
  tools = await installTools();
}, 300_000);

const filesIn = async (folder: string, pattern: RegExp) =>
  (await readdir(folder, { recursive: true })).filter((name) => pattern.test(name)).toSorted();

test('shellcheck finds nothing in the scripts', async () => {
  const scripts = await filesIn(deploy, /\.sh$/);
  expect(scripts).toContain('schedule/run.sh');
  const paths = scripts.map((name) => join(deploy, name));
  expect(await run(join(tools.bin, 'shellcheck'), paths)).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('hadolint finds nothing in the Dockerfile', async () => {
  const dockerfile = join(deploy, 'docker', 'Dockerfile');
  expect(await run(join(tools.bin, 'hadolint'), [dockerfile])).toEqual({ code: 0, stdout: '', stderr: '' });
});

describe('Kubernetes', () => {
  const folder = join(deploy, 'kubernetes');

  test.each(['1.29', '1.37'])('%s takes every manifest, without an unknown field', async (version) => {
    const manifests = (await filesIn(folder, /\.yaml$/)).filter((name) => name !== 'kustomization.yaml');
    const paths = manifests.map((name) => join(folder, name));
    const args = ['-m', 'kubernetes_validate', '--strict', '-k', version, ...paths];
    const { code, stdout, stderr } = await run(tools.python, args);
    expect(`${stdout}${stderr}`).not.toContain('ERROR');
    expect(`${stdout}${stderr}`.match(/passed for resource/g)).toHaveLength(7);
    expect(code).toBe(0);
  });

  test('what kustomization.yaml names is there', async () => {
    const { resources, configMapGenerator } = parse(
      await readFile(join(folder, 'kustomization.yaml'), 'utf8'),
    );
    const named = [...resources, ...configMapGenerator.flatMap(({ files }: { files: string[] }) => files)];
    const there = await readdir(folder);
    expect(there.filter((name) => name !== 'kustomization.yaml').toSorted()).toEqual(named.toSorted());
  });

  test('every file that a container is told of is mounted', async () => {
    const generated = new Set(['spark.conf', 'executor.yaml']);
    for (const name of ['cronjob.yaml', 'connect-server.yaml']) {
      const [manifest] = parseAllDocuments(await readFile(join(folder, name), 'utf8'));
      const mounted = [...JSON.stringify(manifest).matchAll(/\/etc\/refrain\/([\w.]+)/g)].map(
        ([, file]) => file,
      );
      expect(mounted).not.toEqual([]);
      for (const file of mounted) expect(generated).toContain(file);
    }
  });
});

test('Databricks knows every field of the bundle’s clusters and jobs', async () => {
  const script = `
import sys, yaml
from databricks.bundles.clusters import Cluster
from databricks.bundles.jobs import Job
resources = yaml.safe_load(open(sys.argv[1]))["resources"]
for kind, name in (("clusters", Cluster), ("jobs", Job)):
    for key, value in resources[kind].items():
        name.from_dict(value)
        print(kind, key)
try:
    Job.from_dict({**resources["jobs"]["churn"], "schedules": {}})
except ValueError as error:
    print(error)
`;
  const { stdout } = await run(tools.python, ['-c', script, join(deploy, 'databricks', 'databricks.yml')]);
  expect(stdout).toBe("clusters spark\njobs churn\nUnexpected field 'schedules' for class Job\n");
});

test('every Python file compiles', async () => {
  const files = (await filesIn(deploy, /\.py$/)).map((name) => join(deploy, name));
  expect(files).toHaveLength(3);
  const script = 'import sys\nfor path in sys.argv[1:]: compile(open(path).read(), path, "exec")';
  expect(await run(tools.python, ['-c', script, ...files])).toEqual({ code: 0, stdout: '', stderr: '' });
});
