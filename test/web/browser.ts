import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../src/report/browser/find-chromium.ts';
import type { Chromium } from '../../src/report/browser/with-page.ts';
import { unpackBundledChromium } from './bundled-chromium.ts';

/** Starts a Chromium of this machine, or the one bundled with `@sparticuz/chromium`. Without any the tests fail: a page nobody opened is not tested. */
export async function launchBrowser(): Promise<Browser> {
  return launch(await chromiumForTests());
}

/** Starts the bundled Chromium, whose fonts are the same everywhere, or where it does not run one of this machine. */
export async function launchBundledBrowser(): Promise<Browser> {
  return launch((await unpackBundledChromium()) ?? (await chromiumForTests()));
}

function launch({ executablePath, env }: Chromium): Promise<Browser> {
  return chromium.launch({ executablePath, env: { ...definedEnvironment(), ...env } });
}

export async function chromiumForTests(): Promise<Chromium> {
  const found = findChromium();
  if (found !== undefined) return { executablePath: found };
  const bundled = await unpackBundledChromium();
  if (bundled !== undefined) return bundled;
  throw new Error(
    'No Chromium was found for the tests of the report page. Install Chrome, Chromium or Edge, ' +
      'or set CHROMIUM_PATH to the executable of one.',
  );
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
