import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refrain-lint-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the project's own lint settings say of a tree of the given files. */
function lint(files: Readonly<Record<string, string>>): string {
  const settings = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ ...settings, vcs: { enabled: false }, files: {} }),
  );
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint'], { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
}

function importing(target: string): string {
  return `import { x } from '${target}';\n\nexport const y = x;\n`;
}

describe('the one-way imports', () => {
  test.each([
    ['src/errors.ts', './table/table.ts'],
    ['src/threads/pool.ts', '../models/model.ts'],
    ['src/table/table.ts', '../engine/engine.ts'],
    ['src/definition/load.ts', '../ingest/ingest.ts'],
    ['src/engine/duckdb/engine.ts', '../../features/catalogue.ts'],
    ['src/engine/engine.ts', '../pipeline/run.ts'],
    ['src/models/model.ts', '../evaluation/metrics.ts'],
    ['src/evaluation/metrics.ts', '../models/model.ts'],
    ['src/simulate/simulate.ts', '../ledger/ledger.ts'],
    ['src/features/catalogue.ts', '../pipeline/run.ts'],
    ['src/report/html.ts', '../cli/run.ts'],
    ['src/evaluation/metrics.ts', '../audit/finding.ts'],
    ['src/audit/identity.ts', '../pipeline/run.ts'],
    ['src/pipeline/run.ts', '../cli/main.ts'],
    ['web/app.tsx', '../src/pipeline/run.ts'],
  ])('refuse that %s imports %s', (path, target) => {
    expect(lint({ [path]: importing(target) })).toContain('noRestrictedImports');
  });

  test.each([
    ['src/cli/run.ts', '../pipeline/run.ts'],
    ['src/pipeline/run.ts', '../features/catalogue.ts'],
    ['src/features/examples.ts', '../models/matrix.ts'],
    ['src/audit/identity.ts', '../evaluation/ranking-metrics.ts'],
    ['src/engine/engine.ts', '../table/table.ts'],
    ['web/app.tsx', '../src/report/report-data.ts'],
  ])('allow that %s imports %s', (path, target) => {
    expect(lint({ [path]: importing(target) })).not.toContain('noRestrictedImports');
  });
});

describe('a cycle', () => {
  test.each([
    [
      'values',
      "import { b } from './b.ts';\nexport const a = b;\n",
      "import { a } from './a.ts';\nexport const b = a;\n",
    ],
    [
      'types alone',
      "import type { B } from './b.ts';\nexport type A = B;\n",
      "import type { A } from './a.ts';\nexport type B = A;\n",
    ],
  ])('of %s is refused', (_, a, b) => {
    expect(lint({ 'src/models/a.ts': a, 'src/models/b.ts': b })).toContain('noImportCycles');
  });
});
