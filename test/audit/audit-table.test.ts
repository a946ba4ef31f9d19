import { expect, test } from 'vitest';
import { auditTable } from '../../src/audit/audit-table.ts';
import { silentEffects } from '../../src/effects.ts';
import { retrospectivePlan } from '../../src/evaluation/cross-fit.ts';
import { createRandom } from '../../src/random.ts';

const rows = 4200;
const random = createRandom(11);
const labels = Uint8Array.from({ length: rows }, () => (random.float() < 0.3 ? 1 : 0));
const users = Array.from({ length: rows }, (_, row) => `u${row}`);
const groups = Int32Array.from(users.keys());
const table = {
  rows: {
    ...{ users, labels, cutoffs: new Int32Array(rows).fill(17_800) },
    matrix: {
      rows,
      names: ['noise', 'double', 'half'],
      columns: [
        Float64Array.from({ length: rows }, () => random.float()),
        Float64Array.from(labels, (label) => 2 * label),
        Float64Array.from({ length: rows }, () => Math.floor(4 * random.float())),
      ],
    },
  },
  isDated: true,
  plan: retrospectivePlan(groups.map((user) => user % 3)),
  groups,
  scramble: { permutations: 2, maxRows: 600, seed: 5 },
};

test('threads change nothing of an audit, whose results come in the order of the checks', async () => {
  const alone = await auditTable(table, { ...silentEffects, threads: 1 });
  expect(await auditTable(table, { ...silentEffects, threads: 3 })).toEqual(alone);
  expect(alone.checks.map(({ check }) => check)).toEqual([
    ...['identity', 'identifier', 'target encoding', 'duplicate rows'],
  ]);
  expect(alone.checks[0].findings.map(({ feature }) => feature)).toEqual(['double']);
  expect(alone.scramble.permutations).toBe(2);
});
