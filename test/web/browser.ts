import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { unpackBundledChromium } from './bundled-chromium.ts';

interface Candidate {
  readonly executablePath: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts the first Chromium found: `CHROMIUM_PATH`, Playwright's cache, an installed Chromium, Chrome or Edge, the
 * one bundled with `@sparticuz/chromium`. Without any the tests fail: a page nobody opened is not tested.
 */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, env: { ...definedEnvironment(), ...env } });
}

async function findChromium(): Promise<Candidate> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names "${named}", where there is no file.`);
    return { executablePath: named };
  }
  const found = [...playwrightCache(), ...installed()].find((path) => existsSync(path));
  if (found !== undefined) return { executablePath: found };
  const bundled = await unpackBundledChromium();
  if (bundled !== undefined) return bundled;
  throw new Error(
    'No Chromium was found for the tests of the report page. Install Chrome, Chromium or Edge, ' +
      'or set CHROMIUM_PATH to the executable of one.',
  );
}

function playwrightCache(): string[] {
  const roots = {
    darwin: join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
  };
  const standard =
    process.platform === 'darwin' || process.platform === 'win32'
      ? roots[process.platform]
      : join(homedir(), '.cache', 'ms-playwright');
  const root = process.env.PLAYWRIGHT_BROWSERS_PATH ?? standard;
  if (!existsSync(root)) return [];
  const inside = [
    ['chrome-headless-shell-linux64', 'chrome-headless-shell'],
    ['chrome-headless-shell-mac-arm64', 'chrome-headless-shell'],
    ['chrome-headless-shell-win64', 'chrome-headless-shell.exe'],
    ['chrome-linux', 'headless_shell'],
    ['chrome-linux64', 'chrome'],
    ['chrome-linux', 'chrome'],
    ['chrome-win64', 'chrome.exe'],
    ['chrome-win', 'chrome.exe'],
    ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
  ];
  const revisions = readdirSync(root).filter((name) => name.startsWith('chromium'));
  return revisions
    .sort()
    .reverse()
    .flatMap((revision) => inside.map((parts) => join(root, revision, ...parts)));
}

function installed(): string[] {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
      join('/Applications', `${name}.app`, 'Contents', 'MacOS', name),
    );
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      (name) => process.env[name] ?? '',
    );
    return roots.flatMap((root) => [
      join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
  }
  const names = [
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome',
    'microsoft-edge',
  ];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
