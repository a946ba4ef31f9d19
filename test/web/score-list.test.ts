import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packScores } from '../../src/report/pack-scores.ts';
import { unpackScores } from '../../web/report/scores.ts';
import { toCsv } from '../../web/score-list/csv.ts';
import { filterRows, type SortKey, sortRows } from '../../web/score-list/select-rows.ts';

const scores = unpackScores(
  packScores([
    { user: '10', probability: 0.9, rank: 1, reasons: [{ text: 'Fewer songs', contribution: 0.4 }] },
    { user: '9', probability: 0.5, rank: 2, reasons: [{ text: 'more adverts', contribution: 0.2 }] },
    { user: 'Zoë', probability: Number.NaN, rank: 3, reasons: [] },
    {
      user: '=1+1',
      probability: 0.1,
      rank: 4,
      reasons: [
        { text: 'said "no", twice', contribution: -0.1 },
        { text: 'Fewer songs', contribution: 0.01 },
      ],
    },
  ]),
);
const all = Int32Array.of(0, 1, 2, 3);

describe('filterRows', () => {
  test('an empty search finds all', () => {
    expect([...filterRows(scores, { query: '  ', least: 0 })]).toEqual([0, 1, 2, 3]);
  });

  test('a search finds users and reasons in either case', () => {
    expect([...filterRows(scores, { query: 'zoË', least: 0 })]).toEqual([2]);
    expect([...filterRows(scores, { query: 'FEWER', least: 0 })]).toEqual([0, 3]);
    expect([...filterRows(scores, { query: '(', least: 0 })]).toEqual([]);
  });

  test('a least probability keeps what reaches it and drops what is missing', () => {
    expect([...filterRows(scores, { query: '', least: 0.5 })]).toEqual([0, 1]);
  });
});

describe('sortRows', () => {
  test.each<[SortKey, boolean, number[]]>([
    ['rank', false, [0, 1, 2, 3]],
    ['rank', true, [3, 2, 1, 0]],
    ['user', false, [3, 1, 0, 2]],
    ['probability', false, [3, 1, 0, 2]],
    ['probability', true, [0, 1, 3, 2]],
    ['reason', false, [0, 1, 3, 2]],
  ])('by %s, descending %s', (key, descending, expected) => {
    expect([...sortRows(all, scores, { key, descending })]).toEqual(expected);
  });

  test('agrees with sorting records, whatever the names and numbers', () => {
    const user = fc.record({
      user: fc.string({ maxLength: 4 }),
      probability: fc.constantFrom(0, 0.25, 0.5, Number.NaN),
      rank: fc.nat(5),
      reasons: fc.array(fc.record({ text: fc.string({ maxLength: 2 }), contribution: fc.constant(1) }), {
        maxLength: 2,
      }),
    });
    const keys = fc.constantFrom<SortKey>('rank', 'user', 'probability', 'reason');
    fc.assert(
      fc.property(fc.array(user), keys, fc.boolean(), (users, key, descending) => {
        const rows = Int32Array.from(users.keys());
        const sorted = sortRows(rows, unpackScores(packScores(users)), { key, descending });
        expect([...sorted]).toEqual(naivelySorted(users, key, descending));
      }),
      { seed: 3 },
    );
  });
});

describe('toCsv', () => {
  test('quotes what must be quoted and disarms formulas', () => {
    expect(toCsv(scores, all)).toBe(
      '\ufeffrank,user,probability,reason_1,contribution_1,reason_2,contribution_2\r\n' +
        '1,10,0.9,Fewer songs,0.4,,\r\n' +
        '2,9,0.5,more adverts,0.2,,\r\n' +
        '3,Zoë,,,,,\r\n' +
        '4,\'=1+1,0.1,"said ""no"", twice",-0.1,Fewer songs,0.01\r\n',
    );
  });

  test('has only the heading when no row was found', () => {
    expect(toCsv(scores, new Int32Array())).toBe('\ufeffrank,user,probability\r\n');
  });
});

interface User {
  readonly user: string;
  readonly probability: number;
  readonly rank: number;
  readonly reasons: readonly { readonly text: string }[];
}

function naivelySorted(users: readonly User[], key: SortKey, descending: boolean): number[] {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const value = (row: number): string | number | undefined => {
    const { user, probability, rank, reasons } = users[row];
    if (key === 'reason') return reasons[0]?.text;
    if (key === 'probability') return Number.isNaN(probability) ? undefined : probability;
    return key === 'user' ? user : rank;
  };
  return [...users.keys()].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || a - b;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y));
    return (descending ? -order : order) || a - b;
  });
}
