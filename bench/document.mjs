import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BenchError } from './errors.mjs';

/** Puts the tables of a command into a page of the documentation; gives its path. @throws {BenchError} without the markers. */
export function writeDocument(name, text, page = 'docs/performance.md') {
  const path = fileURLToPath(new URL(`../${page}`, import.meta.url));
  writeFileSync(path, replaceBetween(readFileSync(path, 'utf8'), name, text, page));
  return path;
}

/** `text` between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` of a page's content. @throws {BenchError} without the markers. */
export function replaceBetween(content, name, text, page = 'docs/performance.md') {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = content.indexOf(open);
  const to = content.indexOf(close, from);
  if (from < 0 || to < 0) {
    throw new BenchError(`${page} lacks the lines ${open} and ${close}, between which the table goes.`);
  }
  return `${content.slice(0, from + open.length)}\n${text.trim()}\n${content.slice(to)}`;
}
