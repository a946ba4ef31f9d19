import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  base: './',
  publicDir: false,
  cacheDir: fileURLToPath(new URL('../node_modules/.cache/vite', import.meta.url)),
  // Said outright, because Vite would take it from NODE_ENV, and the page must be the same bytes wherever it is built.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    // The first browsers with light-dark(), on which the themes stand.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    rolldownOptions: { input: fileURLToPath(new URL('report.html', import.meta.url)) },
  },
  plugins: [singleFile()],
});

/** Puts the script and the styles into the page, and lets nothing but these two run there. */
function singleFile(): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      let script = '';
      let styles = '';
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === 'chunk') script += output.code;
        else if (name.endsWith('.css')) styles += output.source;
        else continue;
        delete bundle[name];
      }
      const page = bundle['report.html'];
      if (page?.type !== 'asset') throw new Error('Vite built no report.html to put the script into.');
      page.source = assemble(String(page.source), script.trim(), styles.trim());
    },
  };
}

function assemble(page: string, script: string, styles: string): string {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(styles))
    throw new Error('The script or the styles hold a tag that would end their element.');
  const policy =
    `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(styles)}; ` +
    `img-src data:; base-uri 'none'; form-action 'none'`;
  let html = page;
  html = swap(
    html,
    /<meta charset="utf-8" ?\/?>/g,
    (meta) => `${meta}
    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
  );
  html = swap(html, /<link rel="stylesheet"[^>]*>/g, () => `<style>${styles}</style>`);
  return swap(
    html,
    /<script type="module"[^>]*><\/script>/g,
    () => `<script type="module">${script}</script>`,
  );
}

function swap(text: string, pattern: RegExp, replacement: (match: string) => string): string {
  const found = text.match(pattern)?.length ?? 0;
  if (found !== 1)
    throw new Error(`Expected ${pattern} once in the page that Vite built, found it ${found} times.`);
  return text.replace(pattern, replacement);
}

function hashOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
