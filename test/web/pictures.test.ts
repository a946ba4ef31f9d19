import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/html.ts';
import { launchBundledBrowser } from './browser.ts';
import { buildTemplate } from './built-page.ts';
import { comparePictures } from './compare-pictures.ts';
import { type OpenedPage, openPage } from './opened-page.ts';
import { sampleReport } from './sample.ts';
import { packedSample, sampleUsers } from './sample-users.ts';

const folder = fileURLToPath(new URL('pictures/', import.meta.url));
const updates = process.env.UPDATE_PICTURES !== undefined;

/** A curve of a chart is a hundredth of it. */
const tolerance = 0.005;

/** What is looked at of the page, by name. */
const parts = {
  overview: '#overview',
  flow: '#figure-input',
  states: '#figure-states',
  survival: '#figure-survival',
  cohorts: '#figure-cohorts',
  correlations: '#figure-feature-correlations',
  threshold: '#figure-threshold',
  roc: '#figure-roc',
  calibration: '#figure-calibration',
  attributions: '#figure-attributions',
  split: '#figure-split',
};

const looks = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  'dark-narrow': { colorScheme: 'dark', viewport: { width: 400, height: 800 } },
} as const;

let browser: Browser;
const pages = new Map<string, OpenedPage>();

beforeAll(async () => {
  const [started, template] = await Promise.all([launchBundledBrowser(), buildTemplate()]);
  browser = started;
  const html = renderReport(sampleReport(), await packedSample(sampleUsers()), template);
  for (const [look, options] of Object.entries(looks))
    pages.set(look, await openPage(browser, html, options));
  if (updates) await mkdir(folder, { recursive: true });
}, 120_000);

afterAll(async () => {
  for (const opened of pages.values()) await opened.close();
  await browser?.close();
});

describe.each(Object.keys(looks))('the page in %s looks as it did', (look) => {
  test.each(Object.entries(parts))('%s', async (name, selector) => {
    const page = pageOf(look);
    const file = `${folder}${name}-${look}.png`;
    await page.evaluate(ontoWholePixels(selector));
    const picture = await page.locator(selector).screenshot({ animations: 'disabled' });
    if (updates) await writeFile(file, picture);
    expect(
      existsSync(file),
      `${file} is missing: UPDATE_PICTURES=1 npx vitest run test/web/pictures.test.ts`,
    ).toBe(true);
    const { scale, share } = await comparePictures(page, await readFile(file), picture);
    for (const ratio of scale) expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    expect(share).toBeLessThan(tolerance);
  });
});

describe('the comparison', () => {
  test.each([
    ['a curve that is gone', '#figure-roc', '#figure-roc svg path { visibility: hidden }'],
    ['tiles in one colour', '#figure-states', '#figure-states svg rect { fill: gray !important }'],
    ['words that run over the page', '#overview', '#overview p { white-space: nowrap }'],
  ])('sees %s', async (_, selector, style) => {
    const page = pageOf('light');
    const before = await page.locator(selector).screenshot();
    await page.evaluate(`{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(${JSON.stringify(style)});
      document.adoptedStyleSheets = [sheet];
    }`);
    const after = await page.locator(selector).screenshot();
    await page.evaluate('document.adoptedStyleSheets = []');
    const { share } = await comparePictures(page, before, after);
    expect(share).toBeGreaterThan(tolerance);
  });
});

/** What stands above a part may end within a pixel, which would shade every edge of the part otherwise. */
function ontoWholePixels(selector: string): string {
  return `{
    const part = document.querySelector(${JSON.stringify(selector)});
    const top = part.getBoundingClientRect().top + scrollY;
    part.style.position = 'relative';
    part.style.top = Math.round(top) - top + 'px';
  }`;
}

function pageOf(look: string): Page {
  const opened = pages.get(look);
  if (opened === undefined) throw new Error(`No page was opened in ${look}.`);
  return opened.page;
}
