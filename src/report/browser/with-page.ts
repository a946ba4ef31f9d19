import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { EngineError, InterruptedError, UsageError } from '../../errors.ts';
import { Devtools } from './devtools.ts';
import { findChromium } from './find-chromium.ts';

/** A report that is open in a browser without a window. */
export interface OpenPage {
  readonly devtools: Devtools;
  readonly session: string;
}

/** How to start a Chromium, where it is not one that is installed. */
export interface Chromium {
  readonly executablePath: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Long enough for a slow machine, short enough for someone who waits. */
const patienceMillis = 60_000;

/**
 * Opens a report in a Chromium of this machine, as wide as a sheet of paper, and closes it after `use`.
 * @throws UsageError when there is no Chromium; EngineError when it does not show the report; InterruptedError.
 */
export async function withPage<T>(
  html: string,
  signal: AbortSignal,
  use: (page: OpenPage) => Promise<T>,
  chromium: Chromium | undefined = installed(),
): Promise<T> {
  if (chromium === undefined) {
    throw new UsageError(
      'No Chromium was found to draw the report with. Install Chrome, Chromium or Edge, or set CHROMIUM_PATH to the executable of one.',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'refrain-browser-'));
  const browser = start(chromium, folder, signal);
  try {
    const file = join(folder, 'report.html');
    await writeFile(file, html);
    return await use(await open(browser.devtools, pathToFileURL(file).href));
  } finally {
    await browser.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Evaluates an expression, or the promise that it gives, in the page. @throws EngineError when it throws there. */
export async function evaluate({ devtools, session }: OpenPage, expression: string): Promise<unknown> {
  const evaluation = { expression, awaitPromise: true, returnByValue: true };
  const given = evaluated.parse(await devtools.send('Runtime.evaluate', evaluation, session));
  if (given.exceptionDetails !== undefined)
    throw new EngineError(`The report failed in the browser: ${given.exceptionDetails.text}`);
  return given.result.value;
}

const evaluated = z.looseObject({
  result: z.looseObject({ value: z.unknown().optional() }),
  exceptionDetails: z.looseObject({ text: z.string() }).optional(),
});

function installed(): Chromium | undefined {
  const executablePath = findChromium();
  return executablePath === undefined ? undefined : { executablePath };
}

function start({ executablePath, env }: Chromium, folder: string, signal: AbortSignal) {
  const options = [
    '--headless',
    '--remote-debugging-pipe',
    `--user-data-dir=${join(folder, 'profile')}`,
    '--no-first-run',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    // Chromium refuses to run as root with its sandbox, as in most containers; what it opens here is our own page.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    'about:blank',
  ];
  const child = spawn(executablePath, options, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const [, , said, to, from] = child.stdio;
  if (!(to instanceof Writable && from instanceof Readable))
    throw new EngineError('The browser has no pipes.');
  const devtools = new Devtools(to, from);
  let last = '';
  said?.on('data', (text: Buffer) => {
    last = (last + text.toString()).slice(-500);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', (cause) => {
      devtools.fail(new EngineError(`Cannot start ${executablePath}: ${cause.message}`, {}, { cause }));
      resolve();
    });
    child.once('exit', (code) => {
      devtools.fail(new EngineError(`The browser ended with ${code}: ${last.trim()}`, { executablePath }));
      resolve();
    });
  });
  const stop = (why: Error) => {
    devtools.fail(why);
    child.kill('SIGKILL');
  };
  const interrupt = () => stop(new InterruptedError('Interrupted: nothing was changed.'));
  const timer = setTimeout(
    () => stop(new EngineError(`The browser took more than ${patienceMillis / 1000} s.`, { executablePath })),
    patienceMillis,
  );
  signal.addEventListener('abort', interrupt);
  return {
    devtools,
    end: async () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const target = z.looseObject({ targetId: z.string() });
const attached = z.looseObject({ sessionId: z.string() });

/** Opens an address in a tab, and waits until the report is drawn. @throws EngineError with what the page says instead. */
async function open(devtools: Devtools, url: string): Promise<OpenPage> {
  const { targetId } = target.parse(await devtools.send('Target.createTarget', { url: 'about:blank' }));
  const { sessionId } = attached.parse(
    await devtools.send('Target.attachToTarget', { targetId, flatten: true }),
  );
  const send = (method: string, params: object) => devtools.send(method, params, sessionId);
  await send('Emulation.setDeviceMetricsOverride', paper);
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] });
  await send('Page.navigate', { url });
  const page = { devtools, session: sessionId };
  while ((await evaluate(page, isDrawn)) !== true) await new Promise((resolve) => setTimeout(resolve, 50));
  const failure = await evaluate(page, `document.querySelector('#page > [role=alert]')?.textContent`);
  if (typeof failure === 'string') throw new EngineError(failure);
  return page;
}

/** A4 less its margins, in CSS pixels: drawings are made for the width that they are printed at. */
const paper = { width: 720, height: 1000, deviceScaleFactor: 1, mobile: false };

/** The charts are drawn once more as soon as they know their width. */
const isDrawn = `new Promise((resolve) => {
  if (document.readyState !== 'complete' || !document.querySelector('main:not([aria-busy=true]), #page > [role=alert]')) resolve(false);
  else requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
})`;
