import { basename } from 'node:path';
import { z } from 'zod';
import { EngineError } from '../../errors.ts';
import { type Chromium, evaluate, withPage } from './with-page.ts';

/** A file that the page saved. */
export interface SavedFigure {
  readonly name: string;
  readonly content: string;
}

/**
 * Every chart of a report as SVG, as its own menu saves it, in the order of the page.
 * @throws as `withPage` does; EngineError when a chart cannot be saved.
 */
export async function saveFigures(
  html: string,
  signal: AbortSignal,
  chromium?: Chromium,
): Promise<SavedFigure[]> {
  const saved = await withPage(html, signal, (page) => evaluate(page, saveAll), chromium);
  if (typeof saved === 'string') throw new EngineError(`A chart was not saved. ${saved}`);
  return savedFigures.parse(saved);
}

const savedFigures = z.array(
  z.object({
    name: z.string().refine((name) => name.endsWith('.svg') && basename(name) === name),
    content: z.string(),
  }),
);

/**
 * Presses every button "Save as SVG", and keeps what the page would hand to the browser to download: of real downloads, browsers let
 * a page have but ten by itself. Gives the files, or what the page says is wrong.
 */
const saveAll = `(async () => {
  const files = [];
  let blob;
  URL.createObjectURL = (content) => { blob = content; return '#'; };
  HTMLAnchorElement.prototype.click = function () { files.push({ name: this.download, blob }); };
  for (const button of document.querySelectorAll('.save button[aria-label="Save as SVG"]')) {
    const before = files.length;
    button.click();
    while (files.length === before) {
      const complaint = document.querySelector('.save [role=alert]')?.textContent;
      if (complaint) return complaint;
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return Promise.all(files.map(async ({ name, blob }) => ({ name, content: await blob.text() })));
})()`;
