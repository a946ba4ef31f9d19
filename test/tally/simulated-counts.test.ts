import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { silentEffects } from '../../src/effects.ts';
import { isEmbedded } from '../../src/engine/engine.ts';
import { resolveInputs } from '../../src/ingest/inputs.ts';
import { type SimulateResult, simulate } from '../../src/simulate/simulate.ts';
import { recordsOf } from '../../src/table/table.ts';
import { tallyFiles } from '../../src/tally/tally-files.ts';
import { withDuckdb } from '../ingest/ingested.ts';
import { fineCut } from './both-ways.ts';

test('the account of a simulated log is the simulator’s own, with as many bad and blank lines as were put in', async () => {
  const { counted, accounting, tables } = await withDuckdb(async (engine, workFolder) => {
    if (!isEmbedded(engine)) throw new TypeError('DuckDB is embedded.');
    const out = join(workFolder, 'log.json');
    const counted = await simulate({ users: 30, days: 10, seed: 9, out }, silentEffects);
    const lines = (await readFile(out, 'utf8')).split('\n');
    for (let at = lines.length - 2; at > 0; at -= 100) lines.splice(at, 0, '', '{"ts":1}', '{"userId":');
    await writeFile(out, lines.join('\n'));
    const { files } = await resolveInputs([out]);
    const settings = { maxBadRows: { share: 1 }, workFolder };
    const cut = { ...fineCut, largestSlice: 400_000, partition: 2 ** 20 };
    const ingested = await tallyFiles(files, sparkify, engine, settings, silentEffects, cut);
    const count = async (column: string, relation: string, rows: string) =>
      recordsOf(await engine.query(`select ${column} as value, ${rows} as n from ${relation} group by all`));
    return {
      counted,
      accounting: ingested?.accounting,
      tables: {
        pages: await count('action', 'kinds', 'sum(n_rows)'),
        levels: await count('plan', 'kinds', 'sum(n_rows)'),
        users: await count("'all'", 'parts', 'count(distinct "user")'),
        lost: await count("'all'", 'losses', 'count(*)'),
      },
    };
  });
  const added = Math.ceil((counted.rows - 1) / 100);
  const addedBytes = Buffer.byteLength('\n{"ts":1}\n{"userId":\n') * added;
  expect(added).toBeGreaterThan(10);
  expect(counted.lost).toBeGreaterThan(0);
  expect(accounting).toEqual({
    bytes: counted.bytes + addedBytes,
    lines: counted.rows + 3 * added,
    accepted: counted.rows - counted.anonymous,
    anonymous: counted.anonymous,
    duplicate: 0,
    quarantined: 2 * added,
    blank: added,
  });
  expect(byValue(tables.pages)).toEqual(present(counted.pages));
  expect(byValue(tables.levels)).toEqual(present(counted.levels));
  expect(tables.users).toMatchObject([{ n: counted.users }]);
  expect(tables.lost).toMatchObject([{ n: counted.lost }]);
});

function byValue(rows: readonly Readonly<Record<string, unknown>>[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ value, n }) => [String(value), Number(n)]));
}

/** Without what did not happen. */
function present(counts: SimulateResult['pages']): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
