import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Effects, type ProgressEvent, silentEffects } from '../../../../src/effects.ts';
import { cacheFolder } from '../../../../src/engine/spark/server/cache-folder.ts';
import { installSpark } from '../../../../src/engine/spark/server/install.ts';
import { EngineError, InterruptedError, UsageError } from '../../../../src/errors.ts';
import { writeWheel } from './wheel.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-'));
const wheels = join(folder, 'wheels');
let cache: string;
let env: NodeJS.ProcessEnv;
beforeAll(() => {
  mkdirSync(wheels);
  writeWheel(wheels, '4.99.0', ['__init__.py', 'bin/spark-submit', 'jars/spark-connect_2.13-4.99.0.jar']);
  writeWheel(wheels, '4.98.0', ['__init__.py', 'bin/spark-submit', 'jars/spark-core_2.13-4.98.0.jar']);
});
beforeEach(() => {
  cache = mkdtempSync(join(folder, 'cache with a space-'));
  env = { ...process.env, REFRAIN_CACHE: cache, PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('installing', () => {
  test('is done once by all who ask at the same time, beside what a killed installation has left', async () => {
    const stages: ProgressEvent[] = [];
    const effects: Effects = { ...silentEffects, progress: (event) => stages.push(event) };
    mkdirSync(join(cache, 'spark-4.99.0.partial-999999999', 'lib'), { recursive: true });
    const [first, second] = await Promise.all([
      installSpark({ version: '4.99.0', env }, effects),
      installSpark({ version: '4.99.0', env }, effects),
    ]);
    expect(second).toEqual(first);
    expect(first.home.startsWith(join(cache, 'spark-4.99.0', 'lib'))).toBe(true);
    expect(readdirSync(first.home)).toEqual(expect.arrayContaining(['bin', 'jars']));
    expect(readdirSync(cache)).toEqual(['spark-4.99.0']);
    expect(stages).toContainEqual({ stage: 'install Spark 4.99.0', done: 0, unit: 'steps' });

    stages.length = 0;
    const again = await installSpark({ version: '4.99.0', env: { REFRAIN_CACHE: cache } }, effects);
    expect([again, stages]).toEqual([first, []]);

    rmSync(join(first.home, 'jars'), { recursive: true });
    const damaged = installSpark({ version: '4.99.0', env }, silentEffects);
    await expect(damaged).rejects.toThrow('delete the folder, and it is installed again');
  });

  test('says what pip has said when there is no such version or no way to it, and leaves nothing', async () => {
    const asked = installSpark({ version: '4.97.0', env }, silentEffects);
    await expect(asked).rejects.toThrow(
      /^pip could not install pyspark 4\.97\.0; nothing was kept\.[\s\S]*No matching distribution found for pyspark==4\.97\.0/,
    );
    await expect(asked).rejects.toBeInstanceOf(EngineError);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('refuses a package that holds no Connect server', async () => {
    const asked = installSpark({ version: '4.98.0', env }, silentEffects);
    await expect(asked).rejects.toThrow('The package pyspark 4.98.0 has no Connect server in it.');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('can be interrupted, and leaves nothing', async () => {
    const abort = new AbortController();
    const asked = installSpark({ version: '4.99.0', env }, { ...silentEffects, signal: abort.signal });
    setTimeout(() => abort.abort(), 300);
    await expect(asked).rejects.toBeInstanceOf(InterruptedError);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('without python3 says what is needed', async () => {
    const asked = installSpark({ version: '4.99.0', env: { ...env, PATH: wheels } }, silentEffects);
    await expect(asked).rejects.toThrow(/there is no python3 on the PATH\. Install Python/);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('where python3 has no venv module says how to get it', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'python3'),
      '#!/bin/sh\necho "The virtual environment was not created successfully because ensurepip is not available."\nexit 1\n',
    );
    chmodSync(join(bin, 'python3'), 0o755);
    symlinkSync('/bin/sh', join(bin, 'sh'));
    const asked = installSpark({ version: '4.99.0', env: { ...env, PATH: bin } }, silentEffects);
    await expect(asked).rejects.toThrow(
      /apt-get install python3-venv\. It said:\n.*ensurepip is not available/,
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  test('says so when the cache folder cannot be written', async () => {
    writeFileSync(join(cache, 'file'), '');
    const asked = installSpark(
      { version: '4.99.0', env: { ...env, REFRAIN_CACHE: join(cache, 'file') } },
      silentEffects,
    );
    await expect(asked).rejects.toThrow(/^Cannot write .*spark-4\.99\.0: /);
  });

  test.each(['3.5.0', '4.3', 'latest', '', '4.3.0; rm -rf ~', '../4.3.0'])(
    'refuses version %j',
    async (version) => {
      await expect(installSpark({ version, env }, silentEffects)).rejects.toBeInstanceOf(UsageError);
      expect(readdirSync(cache)).toEqual([]);
    },
  );
});

test.each([
  [{ REFRAIN_CACHE: '/a', XDG_CACHE_HOME: '/b' }, /^\/a$/],
  [{ REFRAIN_CACHE: '', XDG_CACHE_HOME: '/b' }, /^\/b\/refrain$/],
  [{ XDG_CACHE_HOME: 'relative' }, /^\/.*\/\.cache\/refrain$/],
  [{}, /^\/.*\/\.cache\/refrain$/],
])('with %j the cache is in %s', (variables, path) => {
  expect(cacheFolder(variables)).toMatch(path);
});
