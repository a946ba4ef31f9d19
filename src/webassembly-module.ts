import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EngineError } from './errors.ts';

/** What a thread has compiled once: compiled anew, a module begins anew with its slow first code. */
const compiled = new Map<string, WebAssembly.Module>();

/**
 * A module that the build made of `kernel/`, compiled.
 * @param path within `dist/`.
 * @throws EngineError when it has not been built.
 */
export function readModule(path: string): WebAssembly.Module {
  const before = compiled.get(path);
  if (before) return before;
  const file = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? `../dist/${path}` : path, import.meta.url),
  );
  try {
    const module = new WebAssembly.Module(readFileSync(file));
    compiled.set(path, module);
    return module;
  } catch (cause) {
    throw new EngineError(
      `The module ${file} cannot be read; run "npm run build" and try again.`,
      { file },
      { cause },
    );
  }
}
