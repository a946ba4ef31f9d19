import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EngineError } from './errors.ts';

/**
 * A module that the build made of `kernel/`, compiled.
 * @param path within `dist/`.
 * @throws EngineError when it has not been built.
 */
export function readModule(path: string): WebAssembly.Module {
  const file = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? `../dist/${path}` : path, import.meta.url),
  );
  try {
    return new WebAssembly.Module(readFileSync(file));
  } catch (cause) {
    throw new EngineError(
      `The module ${file} cannot be read; run "npm run build" and try again.`,
      { file },
      { cause },
    );
  }
}
