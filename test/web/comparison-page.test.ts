import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EngineError, UsageError } from '../../src/errors.ts';
import { findChromium } from '../../src/report/browser/find-chromium.ts';
import { printPdf } from '../../src/report/browser/print-pdf.ts';
import { saveFigures } from '../../src/report/browser/save-figures.ts';
import type { Chromium } from '../../src/report/browser/with-page.ts';
import { renderReport } from '../../src/report/html.ts';
import { packNobody } from '../../src/report/pack-users.ts';
import { axeFindings } from './axe.ts';
import { chromiumForTests, launchBrowser } from './browser.ts';
import { buildTemplate } from './built-page.ts';
import { hostile } from './hostile.ts';
import { type OpenedPage, openPage } from './opened-page.ts';
import { sampleComparison } from './sample-comparison.ts';

let browser: Browser;
let chromium: Chromium;
let html: string;
let opened: OpenedPage | undefined;

beforeAll(async () => {
  let template: string;
  [browser, template, chromium] = await Promise.all([launchBrowser(), buildTemplate(), chromiumForTests()]);
  html = renderReport(sampleComparison(), await packNobody(), template);
}, 120_000);

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

afterAll(() => browser?.close());

describe('two runs side by side', { timeout: 60_000 }, () => {
  test('say what changed, with hostile names as text, and ask nothing of the network', async () => {
    opened = await openPage(browser, html);
    const { page } = opened;
    expect(await page.locator('h1').textContent()).toBe(
      '1 feature moved, 1 setting differs, and 12 of the 100 most at risk are new there',
    );
    const words = await page.locator('main').innerText();
    expect(words).toContain(hostile[0]);
    expect(words).toContain('225 users in the first run, 300 in the second');
    expect(words).toContain('Only in the second run: tickets_30d.');
    expect(words).toContain('1 feature of 3 moved more than chance lets it');
    expect(words).toContain('In 1 of 2 metrics the two lie clearly apart');
    expect(words).toContain('a rank correlation (Spearman) of 0.710');
    expect(words).not.toMatch(/NaN|undefined|Infinity/);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect([opened.errors, opened.requests]).toEqual([[], []]);
  });

  test('give axe nothing to complain of on a narrow dark screen, and do not scroll sideways', async () => {
    opened = await openPage(browser, html, { colorScheme: 'dark', viewport: { width: 400, height: 800 } });
    expect(await axeFindings(opened.page)).toEqual([]);
    expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(400);
  });
});

describe('a report in a browser without a window', { timeout: 60_000 }, () => {
  const never = new AbortController().signal;

  test('prints as a PDF of its pages', async () => {
    const pdf = Buffer.from(await printPdf(html, never, chromium)).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf.match(/\/Type ?\/Page\b/g)?.length).toBeGreaterThan(1);
    expect(pdf).toContain('%%EOF');
  });

  test('saves every chart as the drawing that its menu saves', async () => {
    const figures = await saveFigures(html, never, chromium);
    expect(figures.map(({ name }) => name)).toEqual(['compared-features.svg']);
    expect(figures[0].content).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(figures[0].content).toContain('1 feature of 3 moved more than chance lets it');
    expect(figures[0].content).not.toMatch(/<(script|img)|class=/);
  });

  test('says what the page says where it cannot be shown', async () => {
    const broken = html.replace(/<script id="report"[\s\S]*?<\/script>/, '<script id="report">{</script>');
    await expect(printPdf(broken, never, chromium)).rejects.toThrow(/This report cannot be shown/);
  });

  test('says which browser did not start', async () => {
    const failure = printPdf(html, never, { executablePath: '/no/such/chromium' });
    await expect(failure).rejects.toThrow(EngineError);
    await expect(failure).rejects.toThrow('Cannot start /no/such/chromium');
  });

  test('is looked for where CHROMIUM_PATH says, and nowhere else then', () => {
    expect(findChromium({ CHROMIUM_PATH: process.execPath })).toBe(process.execPath);
    expect(() => findChromium({ CHROMIUM_PATH: '/no/such/chromium' })).toThrow(UsageError);
    expect(findChromium({ PATH: '', PLAYWRIGHT_BROWSERS_PATH: '/no/such/cache' })).toBeUndefined();
  });
});
