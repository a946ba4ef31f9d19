import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { readTemplate } from '../../src/report/html.ts';
import { buildTemplate } from './built-page.ts';

describe('the built template', () => {
  let template: string;
  beforeAll(async () => {
    template = await buildTemplate();
  }, 60_000);

  test('is the same bytes at every build', { timeout: 60_000 }, async () => {
    expect(await buildTemplate()).toBe(template);
  });

  test('stays below 240 kB', () => {
    expect(Buffer.byteLength(template)).toBeLessThan(240_000);
  });

  test('allows exactly the script and the styles it holds', () => {
    const policy = capture(/Content-Security-Policy" content="([^"]*)"/);
    const script = capture(/<script type="module">([\s\S]*?)<\/script>/);
    const styles = capture(/<style>([\s\S]*?)<\/style>/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${digest(script)}';`);
    expect(policy).toContain(`style-src 'sha256-${digest(styles)}';`);
    expect(policy).not.toContain('unsafe');
  });

  test('refers to nothing outside itself', () => {
    const addresses = template.match(/(?:src|href)="(?!data:|#)[^"]*"|url\([^)]*\)|@import/g);
    expect(addresses).toBeNull();
    expect(new Set(template.match(/https?:\/\/[^\s"'`<>)]+/g))).toEqual(onlyNamespaces(template));
  });

  test('states the policy before anything that it governs', () => {
    const policy = template.indexOf('Content-Security-Policy');
    expect(policy).toBeGreaterThan(0);
    expect(policy).toBeLessThan(template.indexOf('<style'));
    expect(policy).toBeLessThan(template.indexOf('<script'));
  });

  function capture(pattern: RegExp): string {
    const found = pattern.exec(template);
    if (!found) throw new Error(`The template has nothing like ${pattern}.`);
    return found[1];
  }
});

describe('readTemplate', () => {
  test('reads the page that was built', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'refrain-template-'));
    const file = join(folder, 'report.html');
    await writeFile(file, '<p>Ünïcode</p>');
    expect(await readTemplate(pathToFileURL(file))).toBe('<p>Ünïcode</p>');
    await rm(folder, { recursive: true });
  });

  test('says which file is missing and how to build it', async () => {
    const nowhere = pathToFileURL(join(tmpdir(), 'refrain-no-such-folder', 'report.html'));
    const failure = readTemplate(nowhere);
    await expect(failure).rejects.toThrow(EngineError);
    await expect(failure).rejects.toThrow(/refrain-no-such-folder.*npm run build/);
  });
});

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** Names of XML namespaces look like addresses and are never asked for. */
function onlyNamespaces(text: string): Set<string> {
  const found = text.match(/https?:\/\/[^\s"'`<>)]+/g) ?? [];
  return new Set(found.filter((address) => address.startsWith('http://www.w3.org/')));
}
