import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { workerUrl } from '../../src/threads/worker-url.ts';

const root = new URL('../../', import.meta.url);

test('a source finds the compiled twin of its worker', () => {
  const url = workerUrl(new URL('src/simulate/part-source.ts', root).href, './worker.ts');
  expect(url.href).toBe(new URL('dist/simulate/worker.js', root).href);
  expect(existsSync(fileURLToPath(url))).toBe(true);
});

test('only the last src in the path is the folder of the sources', () => {
  const caller = 'file:///home/src/refrain/src/simulate/part-source.ts';
  expect(() => workerUrl(caller, './worker.ts')).toThrow(
    '/home/src/refrain/dist/simulate/worker.js is not built',
  );
});

test('a compiled module finds its worker beside it', () => {
  const url = workerUrl('file:///opt/refrain/dist/simulate/part-source.js', './worker.ts');
  expect(url.href).toBe('file:///opt/refrain/dist/simulate/worker.js');
});

test('a worker that is not built is an error that says how to build it', () => {
  const caller = new URL('src/simulate/part-source.ts', root).href;
  expect(() => workerUrl(caller, './no-such-worker.ts')).toThrow(EngineError);
  expect(() => workerUrl(caller, './no-such-worker.ts')).toThrow(/run "npx tsc -b src"/);
});
