import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError } from '../../errors.ts';

/**
 * The executable of the first Chromium found: `CHROMIUM_PATH`, Playwright's cache, an installed Chromium, Chrome or Edge; undefined
 * where there is none.
 * @throws UsageError when `CHROMIUM_PATH` names no file.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new UsageError(`CHROMIUM_PATH names "${named}", where there is no file.`, { CHROMIUM_PATH: named });
  }
  return [...playwrightCache(environment), ...installed(environment)].find((path) => existsSync(path));
}

function playwrightCache(environment: NodeJS.ProcessEnv): string[] {
  const roots = {
    darwin: join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    win32: join(environment.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
  };
  const standard =
    process.platform === 'darwin' || process.platform === 'win32'
      ? roots[process.platform]
      : join(homedir(), '.cache', 'ms-playwright');
  const root = environment.PLAYWRIGHT_BROWSERS_PATH ?? standard;
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

function installed(environment: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
      join('/Applications', `${name}.app`, 'Contents', 'MacOS', name),
    );
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      (name) => environment[name] ?? '',
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
  const folders = (environment.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
