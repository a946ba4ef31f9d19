import { chromium } from 'playwright-core';
import { findChromium } from '../../dist/report/browser/find-chromium.js';
import { BenchError } from '../errors.mjs';

/** Starts the Chromium of this machine, cold, for one opening of a page. @throws {BenchError} when there is none. */
export async function openInChromium(use) {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new BenchError('There is no Chromium here: install one, or set CHROMIUM_PATH to its executable.');
  const browser = await chromium.launch({ executablePath });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
