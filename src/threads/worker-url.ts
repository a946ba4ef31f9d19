import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EngineError } from '../errors.ts';

/**
 * The address of a worker's compiled module. Workers run only JavaScript: from a source under `src/` this is the
 * module's twin under `dist/`.
 *
 * @param importMetaUrl `import.meta.url` of the module that starts the worker.
 * @param relative the worker's path from there with the ending `.ts`, as in an import.
 * @throws EngineError when the module runs as a source and its twin has not been built.
 */
export function workerUrl(importMetaUrl: string, relative: string): URL {
  const source = new URL(relative, importMetaUrl);
  const compiled = fileURLToPath(source).replace(/\.ts$/, '.js');
  if (!importMetaUrl.endsWith('.ts')) return pathToFileURL(compiled);
  const twin = pathToFileURL(compiled.replace(/([\\/])src([\\/])(?!.*[\\/]src[\\/])/, '$1dist$2'));
  if (!existsSync(twin)) {
    throw new EngineError(
      `The worker ${fileURLToPath(twin)} is not built; run "npx tsc -b src" and try again.`,
    );
  }
  return twin;
}
