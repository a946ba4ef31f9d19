import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BenchError } from './errors.mjs';

const document = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

/** Puts the tables of a command into docs/performance.md; gives its path. @throws {BenchError} without the markers. */
export function writeDocument(name, text) {
  writeFileSync(document, replaceBetween(readFileSync(document, 'utf8'), name, text));
  return document;
}

/** `page` with `text` between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`. @throws {BenchError} without the markers. */
export function replaceBetween(page, name, text) {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = page.indexOf(open);
  const to = page.indexOf(close, from);
  if (from < 0 || to < 0) {
    throw new BenchError(
      `docs/performance.md lacks the lines ${open} and ${close}, between which the table goes.`,
    );
  }
  return `${page.slice(0, from + open.length)}\n${text.trim()}\n${page.slice(to)}`;
}
