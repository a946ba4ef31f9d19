import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/html.ts';
import { axeFindings } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { buildTemplate } from './built-page.ts';
import { hostile } from './hostile.ts';
import { type OpenedPage, openPage } from './opened-page.ts';
import { sampleReport } from './sample.ts';
import { packedSample, sampleUsers } from './sample-users.ts';

const users = 22_278;

let browser: Browser;
let html: string;
let opened: OpenedPage;
let page: Page;

/** One opening for all tests: it costs more than all that they do. */
beforeAll(async () => {
  const [launched, template] = await Promise.all([launchBrowser(), buildTemplate()]);
  browser = launched;
  html = renderReport(sampleReport(), await packedSample(sampleUsers(users)), template);
  opened = await openPage(browser, html);
  page = opened.page;
}, 120_000);

beforeEach(askForNothing);

afterAll(async () => {
  await opened?.close();
  await browser?.close();
});

describe('the list of 22,278 scored users', { timeout: 60_000 }, () => {
  test('takes less than 4 MB with all users’ pages, and shows the first by rank', async () => {
    expect(html.length).toBeLessThan(4_000_000);
    expect(await ranks()).toEqual(Array.from({ length: 25 }, (_, i) => String(i + 1)));
    expect(await status()).toBe('1–25 of 22,278 users');
  });

  test('turns its pages to the last and back', async () => {
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await status()).toBe('26–50 of 22,278 users');
    await page.getByRole('button', { name: 'Last' }).click();
    expect(await status()).toBe('22,276–22,278 of 22,278 users');
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'First' }).click();
    expect(await page.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true);
  });

  test('shows as many rows a page as asked', async () => {
    await page.getByRole('combobox', { name: 'Rows a page' }).selectOption('100');
    expect(await page.locator('.scores tbody tr').count()).toBe(100);
    expect(await status()).toBe('1–100 of 22,278 users');
  });

  test('finds a user by name and says when there is none', async () => {
    await page.getByRole('searchbox').fill('HYPERlink');
    expect(await ranks()).toEqual(['4']);
    expect(await status()).toBe('1–1 of 1 found among 22,278 users');
    await page.getByRole('searchbox').fill('nobody of that name');
    expect(await status()).toBe('None of 22,278 users');
    expect(await page.getByRole('button', { name: /Download/ }).isDisabled()).toBe(true);
  });

  test('returns to the first page when a search is typed on a later one', async () => {
    await page.getByRole('button', { name: 'Last' }).click();
    await page.getByRole('searchbox').fill('last event 7 days ago');
    expect(await status()).toMatch(/^1–25 of [\d,]+ found/);
    const reasons = await page.locator('.reasons').allTextContents();
    expect(reasons.every((text) => text.includes('last event 7 days ago'))).toBe(true);
  });

  test('sorts by a column, and the other way at the second press', async () => {
    const heading = page.getByRole('columnheader', { name: 'Probability' });
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect((await ranks())[0]).not.toBe('1');
    await heading.getByRole('button').press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect((await ranks())[0]).toBe('1');
  });

  test('keeps only those who reach the threshold', async () => {
    await page.getByRole('checkbox', { name: /^Only from/ }).check();
    const flagged = /^1–25 of ([\d,]+) found/.exec(await status())?.[1];
    expect(await page.locator('#overview .key-figures').textContent()).toContain(
      `${flagged} reach the threshold`,
    );
    await page.getByRole('button', { name: 'Last' }).click();
    expect(await page.locator('.scores tbody tr:not(.flagged)').count()).toBe(0);
  });

  test('downloads what was found, in its order, without a request', async () => {
    await page.getByRole('searchbox').fill('<img');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download 1 user as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('scores-2018-12-01.csv');
    const [heading, row] = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(heading).toMatch(/^\ufeffrank,user,probability,plan,device,reason_1/);
    expect(row).toMatch(/^2,"<img src=x onerror=""window.pwned = 2"">",0\.\d+,/);
    expect(opened.requests.filter((address) => !address.startsWith('blob:'))).toEqual([]);
    expect(opened.errors).toEqual([]);
  });

  test('narrows by plan, device and least probability at once', async () => {
    await page.getByRole('combobox', { name: 'Plan' }).selectOption('paid');
    await page.getByRole('combobox', { name: 'Device' }).selectOption('phone');
    await page.getByRole('spinbutton', { name: /Probability from/ }).fill('30');
    expect(await status()).toMatch(/^1–25 of [\d,]+ found/);
    const known = await page.locator('.scores td.known').allTextContents();
    expect(new Set(known)).toEqual(new Set(['paid', 'phone']));
    const probabilities = await page.locator('.scores td.probability').allTextContents();
    expect(probabilities.every((text) => Number.parseFloat(text) >= 30)).toBe(true);
  });

  test('opens a user’s page, and comes back to where the list was', async () => {
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('.scores tbody a').nth(2).click();
    const heading = page.getByRole('heading', { name: /^User .* likely to be lost$/ });
    await heading.waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('user-title');
    expect(await page.locator('.user figure').count()).toBe(3);
    const words = await page.locator('.user').innerText();
    expect(words).toMatch(/plays in the last 14 days, [\d,]+ in the 14 before; silent for \d+ days?/);
    expect(words).toMatch(
      /Counted from the base of −2\.500, contributions add up exactly to −?\d\.\d{3} log-odds/,
    );
    expect(words).toContain('associations that the model learned, not causes');
    expect(words).toMatch(/\d+\.\d% likely to be lost by day 21, where everyone at risk has/);
    expect(await page.locator('table.scores').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'The one less at risk' }).click();
    await page.getByText('29 of 22,278').waitFor();
    await page.goBack();
    await page.getByText('28 of 22,278').waitFor();
    await page.getByRole('link', { name: 'All users' }).click();
    await page.locator('table.scores').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('row-27');
    expect(await status()).toBe('26–50 of 22,278 users');
    expect([opened.errors, opened.requests]).toEqual([[], []]);
  });

  test('shows the page of a hostile name by its address, and axe nothing to complain of there', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(`location.hash = 'user/' + ${JSON.stringify(encodeURIComponent(hostile[0]))}`);
    await page.locator('.user figure').first().waitFor();
    expect(await page.locator('#user-title').textContent()).toContain(hostile[0]);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    expect(await axeFindings(page, '.user')).toEqual([]);
  });

  test('says when an address names nobody', async () => {
    await page.evaluate(`location.hash = '#user/%E0%A4%A'`);
    await page.locator('table.scores').waitFor();
    await page.evaluate(`location.hash = '#user/nobody'`);
    await page.getByText('This report has nobody called “nobody”.').waitFor();
    expect(await page.locator('table.scores').isVisible()).toBe(true);
    expect(opened.errors).toEqual([]);
  });

  async function status(): Promise<string> {
    return page.locator('.pager [role=status]').innerText();
  }

  async function ranks(): Promise<string[]> {
    return page.locator('.scores tbody td:first-child').allTextContents();
  }
});

/** The list as it is when the page opens. */
async function askForNothing(): Promise<void> {
  await page.evaluate(`location.hash = '#at-risk'`);
  await page.locator('table.scores').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('spinbutton', { name: /Probability from/ }).fill('');
  await page.getByRole('checkbox', { name: /^Only from/ }).uncheck();
  for (const name of ['Plan', 'Device']) await page.getByRole('combobox', { name }).selectOption('');
  await page.getByRole('combobox', { name: 'Rows a page' }).selectOption('25');
  const rank = page.getByRole('columnheader', { name: 'Rank' });
  if ((await rank.getAttribute('aria-sort')) !== 'ascending') await rank.getByRole('button').click();
}
