import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The template as the sources stand now, built where no other build is disturbed. */
export async function buildTemplate(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'refrain-page-'));
  try {
    const configFile = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url));
    await build({ configFile, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
    return await readFile(join(outDir, 'report.html'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true });
  }
}
