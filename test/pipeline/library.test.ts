import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { simulatedLog } from '../features/as-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-library-'));
const compiled = resolve('dist/index.js');

/** A project that depends on this package and holds the README's snippet. */
beforeAll(async () => {
  if (!existsSync(compiled))
    throw new Error(`${compiled} is missing: build it first with \`npm run build\`.`);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'refrain'));
  symlinkSync(resolve('node_modules', '@types'), join(folder, 'node_modules', '@types'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'snippet.ts'), snippet());
  writeFileSync(join(folder, 'events.ndjson'), await simulatedLog(40, 63, 6));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function snippet(): string {
  const code = /```ts\n(.*?)```/s.exec(readFileSync('README.md', 'utf8'))?.[1];
  if (code === undefined) throw new Error('README.md shows no TypeScript.');
  return code;
}

describe('the package', () => {
  test('exports what a program needs', () => {
    const functions = Object.entries(library).filter(([, value]) => typeof value === 'function');
    expect(functions.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        ...['run', 'exploreLog', 'scoreLog', 'simulate', 'loadDefinition', 'parseDefinition', 'openDuckdb'],
        ...[
          'featureCatalogue',
          'evaluate',
          'bootstrapMetrics',
          'pairedDifference',
          'kaplanMeier',
          'chooseThreshold',
        ],
        ...['partialDependence', 'accumulatedLocalEffects', 'interactions', 'tallyMetric'],
        ...['attribute', 'permutationImportance', 'predict', 'parseModel', 'stringifyModel'],
        ...[
          'RefrainError',
          'UsageError',
          'InputError',
          'NothingToLearnError',
          'EngineError',
          'InterruptedError',
        ],
      ]),
    );
    expect(library.sparkify.name).toBe('sparkify');
    expect(Object.keys(library.learners)).toContain('gradient-boosting');
    expect(library.version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  test('exports the same, compiled', async () => {
    const built: object = await import(compiled);
    expect(Object.keys(built).sort()).toEqual(Object.keys(library).sort());
  });

  test('is used as the README shows: the snippet compiles in a strict project, and runs', async () => {
    const strict = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const compiler = resolve('node_modules', 'typescript', 'bin', 'tsc');
    await succeed(compiler, [...strict, 'snippet.ts']);
    const output = await succeed('snippet.js', []);
    expect(output).toMatch(/accepted: \d+/);
    expect(output).toMatch(/value: 0?\.?\d+/);
    expect(existsSync(join(folder, 'first-run', 'report.html'))).toBe(true);
  });
});

/** Runs a script in the project; its output, with what it complains of when it fails. */
async function succeed(script: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { cwd: folder });
    return stdout;
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? error.stdout : '';
    throw new Error(`${script} failed: ${error instanceof Error ? error.message : error}\n${output}`);
  }
}
