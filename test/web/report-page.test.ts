import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/html.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { axeFindings } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { buildTemplate } from './built-page.ts';
import { hostile } from './hostile.ts';
import { type OpenedPage, openPage } from './opened-page.ts';
import { sampleReport, sampleWithHoles, sampleWithoutLearning } from './sample.ts';
import { packedSample, sampleUsers, sampleUsersWithHoles } from './sample-users.ts';

const narrow = { viewport: { width: 400, height: 800 } };

let browser: Browser;
let template: string;
let opened: OpenedPage | undefined;

beforeAll(async () => {
  [browser, template] = await Promise.all([launchBrowser(), buildTemplate()]);
}, 120_000);

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

afterAll(() => browser?.close());

describe('the report page', { timeout: 60_000 }, () => {
  test('draws every section without an error or a request', async () => {
    const page = await open(sampleReport());
    expect(await page.locator('main h2').allTextContents()).toEqual(
      expect.arrayContaining(['The log', 'Who leaves', 'Models', 'At risk now', 'Method']),
    );
    expect(await page.title()).toBe('Churn report: sparkify');
    expect(await page.locator('h1').textContent()).toMatch(
      /^About \d+ of 173 users can be expected to leave within 14 days$/,
    );
    expect(await figuresIn(page, 'log')).toEqual([
      ...['input', 'actions', 'hours', 'nulls', 'days', 'plans', 'coverage', 'lines-by-status'],
      ...['top-artist', 'top-song'],
    ]);
    expect(await figuresIn(page, 'leavers')).toEqual([
      ...['lost-by-gender', 'lost-by-plan-at-the-end', 'lost-by-device', 'states'],
      ...['survival', 'what-came-first', 'staying-by-gender', 'staying-by-device', 'cohorts'],
      ...['before-loss', 'time-to-loss', 'paths-to-loss', 'steps-to-loss'],
      ...['songs-played', 'sessions', 'hours-listened', 'share-of-thumbs-that-are-down'].map(
        (measure) => `by-outcome-${measure}`,
      ),
      ...['feature-separation', 'feature-distribution', 'feature-correlations'],
    ]);
    expect(await figuresIn(page, 'models')).toEqual([
      ...['comparison', 'average-precision', 'differences', 'threshold', 'roc', 'precision-recall', 'gains'],
      ...[
        'lift',
        'calibration',
        'score-distribution',
        'calibrators',
        'risk-by-day',
        'importance',
        'attributions',
      ],
      ...['effect-days-since-last-event', 'effect-thumbs-down-share-14', 'interactions'],
      ...['coefficients-logistic-regression', 'groups', 'trials-logistic-regression'],
      ...['test-precision', 'learning-curve-users', 'ablation', 'audit', 'leak-price'],
    ]);
    expect(await figuresIn(page, 'method')).toEqual(['split', 'folds', 'catalogue', 'sources']);
    expect(await page.locator(':is(#log, #leavers) figure:not(:has(svg[viewBox], table))').count()).toBe(0);
    expect(await page.getByText('Nothing to draw').count()).toBe(0);
    expect(await page.getByText('1 check found a leak.').count()).toBe(1);
    expect(
      await page
        .getByText(/reaches 0\.770; judged otherwise it would claim up to 0\.910/)
        .first()
        .isVisible(),
    ).toBe(true);
    expect(await undrawable(page)).toEqual([]);
    expect(opened?.errors).toEqual([]);
    expect(opened?.requests).toEqual([]);
  });

  test('says that the log is simulated and how the model stands beside guessing and the baseline', async () => {
    const page = await open(sampleReport());
    const overview = page.locator('#overview');
    expect(await overview.textContent()).toContain('its log is simulated');
    expect(await overview.textContent()).toContain(
      'in 77% of cases (95% interval 70%–84%); guessing does in 50%',
    );
    expect(await overview.textContent()).toContain('The interval lies above the baseline');
  });

  test('links every number of the overview to a place that exists', async () => {
    const page = await open(sampleReport());
    const links = await page
      .locator('main a, nav a')
      .evaluateAll((found) => found.map((link) => String(link)).filter((link) => !link.includes('#user/')));
    const places = new Set(links.map((link) => link.replace(/.*#/, '')));
    expect(places.size).toBeGreaterThan(5);
    for (const place of places) expect(await page.locator(`[id="${place}"]`).count(), place).toBe(1);
  });

  test('shows hostile names as text', async () => {
    const page = await open(sampleReport());
    for (const name of hostile.slice(0, 4))
      expect(await page.locator('#log .bars').getByText(name, { exact: true }).count(), name).toBe(2);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
  });

  test('runs no script but its own', async () => {
    const page = await open(sampleReport());
    const ran = await page.evaluate(`new Promise((resolve) => {
      const script = document.createElement('script');
      script.textContent = 'window.pwned = true';
      document.addEventListener('securitypolicyviolation', () => resolve(window.pwned ?? 'refused'));
      document.body.append(script);
    })`);
    expect(ran).toBe('refused');
  });

  test.each(['light', 'dark'] as const)('gives axe nothing to complain of, %s', async (colorScheme) => {
    const page = await open(sampleReport(), { colorScheme });
    // Open tables are thousands of cells of a palette that contrast.test.ts judges: once is enough.
    if (colorScheme === 'light') await openAllTables(page);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('gives axe nothing to complain of on a narrow screen', async () => {
    const page = await open(sampleReport(), narrow);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('never scrolls sideways at 400 pixels, with every table open', async () => {
    const page = await open(sampleReport(), narrow);
    await openAllTables(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
  });

  test('follows the theme of the system until told otherwise', async () => {
    const page = await open(sampleReport(), { colorScheme: 'dark' });
    expect(await brightness(page)).toBeLessThan(60);
    await page.getByRole('radio', { name: 'System' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: 'Light' }).isChecked()).toBe(true);
    // The page is painted anew in its own time.
    await expect.poll(() => brightness(page)).toBeGreaterThan(200);
  });

  test('prints light and without its controls', async () => {
    const page = await open(sampleReport(), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await brightness(page)).toBe(255);
    expect(await page.locator('nav.sections').isVisible()).toBe(false);
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
  });

  test('reads the values of a chart by keyboard', async () => {
    const page = await open(sampleReport());
    const chart = page.getByRole('slider', { name: /makes up/ });
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    expect(await chart.getAttribute('aria-valuetext')).toBe('NextSong, 228,108 events, 225 users');
    await page.keyboard.press('End');
    expect(await chart.getAttribute('aria-valuetext')).toContain('Cancellation Confirmation, 52 events');
    expect(await page.locator('.tip').textContent()).toContain('52 events');
    await page.keyboard.press('Escape');
    expect(await page.locator('.tip').count()).toBe(0);
  });

  test('reads a state off the map by keyboard, and says of few users that they are few', async () => {
    const page = await open(sampleReport());
    const map = page.getByRole('slider', { name: /By state/ });
    await map.focus();
    await page.keyboard.press('Home');
    expect(await map.getAttribute('aria-valuetext')).toMatch(/^AK: 30% lost, .*, 3 of 10 users$/);
    await page.keyboard.press('ArrowRight');
    expect(await map.getAttribute('aria-valuetext')).toBe('ME: 0% lost, 95% interval 0%–79.3%, 0 of 1 user');
    expect(await page.locator('#figure-states .hatch').count()).toBe(3);
  });

  test('draws the feature selected', async () => {
    const page = await open(sampleReport());
    const figure = page.locator('#figure-feature-distribution');
    expect(await figure.locator('h3').textContent()).toContain('Days since the last event: higher');
    await page.getByLabel('Feature', { exact: true }).selectOption('likes_hour_14d');
    expect(await figure.locator('h3').textContent()).toContain('Likes an hour in the last 14 days: lower');
    expect(opened?.errors).toEqual([]);
  });

  test('reads the nearest value of a chart by pointer', async () => {
    const page = await open(sampleReport());
    const chart = page.getByRole('slider', { name: /still here/ });
    await chart.hover({ position: { x: 55, y: 100 } });
    expect(await page.locator('.tip').textContent()).toContain('Day 0: 100% still here');
  });

  test('keeps the numbers behind a chart in a table', async () => {
    const page = await open(sampleReport());
    const figure = page.locator('figure', { hasText: 'Busiest on Wed' });
    await figure.locator('.disclosure summary').focus();
    await page.keyboard.press('Enter');
    await figure.locator('tbody tr').first().waitFor();
    expect(await figure.locator('tbody tr').count()).toBe(61);
    expect(await figure.locator('tbody tr').first().textContent()).toMatch(/^2018-10-01/);
  });

  test('saves a figure as drawing, image and table, with its title and where it is from', async () => {
    const page = await open(sampleReport(), { colorScheme: 'dark' });
    const save = async (figure: string, format: string) => {
      const place = page.locator(figure);
      if ((await place.locator('details.save[open]').count()) === 0)
        await place.locator('details.save summary').press('Enter');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        place.getByRole('button', { name: `Save as ${format}` }).press('Enter'),
      ]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const svg = await save('#figure-actions', 'SVG');
    expect(svg.name).toBe('actions.svg');
    const text = svg.bytes.toString();
    expect(text).toContain('makes up');
    expect(text).toContain('its log is simulated.');
    expect(text).toContain('fill="#1b1f25"');
    expect(text).not.toMatch(/class=|style=|oklab|color\(|light-dark|var\(|NaN/);
    expect(await rootElement(page, text)).toBe('svg');
    const png = await save('#figure-actions', 'PNG');
    expect(png.name).toBe('actions.png');
    expect([...png.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(png.bytes.readUInt32BE(16)).toBe(2 * Number(/ width="(\d+)"/.exec(text)?.[1]));
    const csv = await save('#figure-top-artist', 'CSV');
    expect(csv.bytes.toString()).toContain(`"'${hostile[3].replaceAll('"', '""')}"`);
    expect(opened?.errors).toEqual([]);
    expect(opened?.requests.filter((address) => !address.startsWith('data:'))).toEqual([]);
  });

  test('says what another threshold and other prices would have meant', async () => {
    const page = await open(sampleReport());
    const figure = page.locator('#figure-threshold');
    const readout = figure.locator('.readout');
    const slider = figure.getByRole('slider', { name: /^Threshold/ });
    expect(await figure.locator('h3').textContent()).toMatch(/^Gradient boosting at 24\.2%: of \d+ flagged/);
    await slider.focus();
    await page.keyboard.press('End');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0%, 370 examples flagged');
    expect(await figure.locator('.count strong').allTextContents()).toEqual(['27', '343', '0', '0']);
    // 27 leavers, a quarter of whom is kept at 120 each, less 370 offers at 5.
    expect(await readout.textContent()).toBe(
      'Precision7.3%Recall100%F113.6%Flagged370 (100%)Offers cost1,850Net value−1,040',
    );
    const cost = figure.getByRole('spinbutton', { name: 'Cost of an offer' });
    await cost.fill('1');
    expect(await readout.textContent()).toContain('Net value440');
    await cost.fill('-3');
    await cost.fill('');
    expect(await readout.textContent()).toContain('Net value440');
    await cost.fill('1000000');
    await figure.getByRole('button', { name: 'Most value on these rows' }).click();
    expect(await slider.getAttribute('aria-valuetext')).toBe('80%, 0 examples flagged');
    expect(await readout.textContent()).toContain('Precision–Recall0%');
    await figure.getByRole('button', { name: 'As chosen, 24%' }).click();
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^24\.2%/);
    expect(opened?.errors).toEqual([]);
  });

  test('tells on one screen what it is about, and in the method how to make it again', async () => {
    const page = await open(sampleReport());
    const overview = await page.locator('#overview').boundingBox();
    expect((overview?.y ?? 0) + (overview?.height ?? Number.NaN)).toBeLessThan(900);
    const method = page.locator('#method');
    expect(await method.locator('.command').textContent()).toBe(
      'refrain run mini.json --seed 42 --out first-run',
    );
    expect(await method.textContent()).toContain('its log is simulated');
    expect(await method.locator('#figure-sources').textContent()).toContain('mini.json106 MBc0ffee');
    await method.getByText('Reactions: 1 feature').press('Enter');
    await method.locator('#figure-catalogue td').first().waitFor();
    expect(await method.locator('#figure-catalogue td').allTextContents()).toEqual([
      '',
      `share of thumbs that are down ${hostile[1]}`,
      'dislikes / (likes + dislikes) [last 14 days]',
    ]);
    expect(opened?.errors).toEqual([]);
  });

  test('draws the curves of the model selected', async () => {
    const page = await open(sampleReport());
    expect(await page.getByText('Gradient boosting ranks a leaver').count()).toBe(1);
    await page.getByRole('radio', { name: /Gradient boosting/ }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByText('Random forest ranks a leaver above a stayer in 74%').count()).toBe(1);
    expect(opened?.errors).toEqual([]);
  });

  test('names weighted F1 for what it is', async () => {
    const page = await open(sampleReport());
    const note = 'As in older projects on this log; answering “stays” for everyone already scores high.';
    expect(await page.getByText(note).count()).toBe(1);
  });

  test('warns of leaky numbers wherever those of the retrospective protocol show', async () => {
    const data = sampleReport();
    const page = await open({ ...data, meta: { ...data.meta, protocol: 'retrospective' } });
    for (const section of ['overview', 'models', 'at-risk', 'method'])
      expect(await page.locator(`#${section}`).getByText('Leaky numbers.').count(), section).toBe(1);
  });

  test('says why nothing was learnt, and still shows the log', async () => {
    const page = await open(sampleWithoutLearning(), {}, []);
    for (const section of ['overview', 'models', 'at-risk'])
      expect(await page.locator(`#${section}`).textContent(), section).toContain(
        'Only 4 users can be followed',
      );
    expect(await page.locator('h1').textContent()).toBe('52 cancellations among 225 users');
    expect(await page.locator('table.scores').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(opened?.errors).toEqual([]);
  });

  test('stands up to missing numbers', async () => {
    const page = await open(sampleWithHoles(), {}, sampleUsersWithHoles());
    expect(await page.locator('main').textContent()).not.toMatch(/NaN|undefined|Infinity/);
    expect(await page.locator('h1').textContent()).toContain('the model is not shown to beat guessing');
    expect(await undrawable(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    await page.evaluate(`location.hash = '#user/'`);
    await page.getByText('There is no score to explain').waitFor();
    expect(await page.locator('.user').innerText()).not.toMatch(/NaN|undefined|Infinity/);
    expect(opened?.errors).toEqual([]);
  });

  test('says so when it holds no run', async () => {
    opened = await openPage(browser, template);
    expect(await opened.page.getByRole('alert').textContent()).toContain('holds no run');
  });

  test('says when the books do not balance', async () => {
    const data = sampleReport();
    const page = await open({ ...data, input: { ...data.input, lines: data.input.lines + 7 } });
    expect(await page.locator('#log').textContent()).toContain('7 lines are missing from the account');
  });
});

async function open(
  data: ReportData,
  options: Parameters<typeof openPage>[2] = {},
  users = sampleUsers(),
): Promise<Page> {
  opened = await openPage(browser, renderReport(data, await packedSample(users), template), options);
  return opened.page;
}

async function openAllTables(page: Page): Promise<void> {
  await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
  await page.locator('details.disclosure:not(:has(table))').first().waitFor({ state: 'detached' });
}

/** The name of a document's root element, which is "html" or "parsererror" for what is no XML. */
function rootElement(page: Page, xml: string): Promise<string> {
  return page.evaluate<string>(
    `new DOMParser().parseFromString(${JSON.stringify(xml)}, 'image/svg+xml').documentElement.localName`,
  );
}

/** Names of the figures of a section. */
function figuresIn(page: Page, section: string): Promise<string[]> {
  return page
    .locator(`#${section} figure`)
    .evaluateAll((figures) => figures.map((figure) => String(figure.id).replace(/^figure-/, '')));
}

/** Attributes of drawings that a browser cannot draw. */
function undrawable(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `Array.from(document.querySelectorAll('svg *'))
      .flatMap((element) => Array.from(element.attributes, ({ name, value }) => name + '=' + value))
      .filter((attribute) => /NaN|undefined|Infinity/.test(attribute))`,
  );
}

/** Of the page's ground, 0…255. */
function brightness(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.min(...getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))',
  );
}
