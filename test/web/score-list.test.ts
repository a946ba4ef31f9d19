import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scores } from '../../web/report/scores.ts';
import { toCsv } from '../../web/score-list/csv.ts';
import { filterRows, type SortKey, sortRows } from '../../web/score-list/select-rows.ts';

const scores = listOf([
  { name: '10', probability: 0.9, plan: 'paid', device: 'phone', reasons: ['Fewer songs'] },
  { name: '9', probability: 0.5, plan: 'free', device: '', reasons: ['more adverts'] },
  { name: 'Zoë', probability: Number.NaN, plan: 'paid', device: 'computer', reasons: [] },
  { name: '=1+1', probability: 0.1, plan: '', device: 'phone', reasons: ['said "no", twice', 'Fewer songs'] },
]);
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

  test('plan and device are asked for together, what is not known by itself', () => {
    const paid = scores.plan.texts.indexOf('paid');
    const phone = scores.device.texts.indexOf('phone');
    expect([...filterRows(scores, { query: '', least: 0, plan: paid })]).toEqual([0, 2]);
    expect([...filterRows(scores, { query: '', least: 0, plan: paid, device: phone })]).toEqual([0]);
    expect([...filterRows(scores, { query: '', least: 0, device: scores.device.texts.indexOf('') })]).toEqual(
      [1],
    );
  });
});

describe('sortRows', () => {
  test.each<[SortKey, boolean, number[]]>([
    ['rank', false, [0, 1, 2, 3]],
    ['rank', true, [3, 2, 1, 0]],
    ['name', false, [3, 1, 0, 2]],
    ['plan', false, [1, 0, 2, 3]],
    ['plan', true, [0, 2, 1, 3]],
    ['device', false, [2, 0, 3, 1]],
    ['probability', false, [3, 1, 0, 2]],
    ['probability', true, [0, 1, 3, 2]],
    ['reason', false, [0, 1, 3, 2]],
  ])('by %s, descending %s', (key, descending, expected) => {
    expect([...sortRows(all, scores, { key, descending })]).toEqual(expected);
  });

  test('agrees with sorting records, whatever the names and numbers', () => {
    const text = fc.string({ maxLength: 2 });
    const user = fc.record({
      name: fc.string({ maxLength: 4 }),
      probability: fc.constantFrom(0, 0.25, 0.5, Number.NaN),
      plan: fc.constantFrom('', 'paid', 'free'),
      device: text,
      reasons: fc.array(text, { maxLength: 2 }),
    });
    const keys = fc.constantFrom<SortKey>('rank', 'name', 'probability', 'plan', 'device', 'reason');
    fc.assert(
      fc.property(fc.array(user), keys, fc.boolean(), (users, key, descending) => {
        const rows = Int32Array.from(users.keys());
        const sorted = sortRows(rows, listOf(users), { key, descending });
        expect([...sorted]).toEqual(naivelySorted(users, key, descending));
      }),
      { seed: 3 },
    );
  });
});

describe('toCsv', () => {
  test('quotes what must be quoted and disarms formulas', () => {
    expect(toCsv(scores, all)).toBe(
      '\ufeffrank,user,probability,plan,device,reason_1,reason_2\r\n' +
        '1,10,0.9,paid,phone,Fewer songs,\r\n' +
        '2,9,0.5,free,,more adverts,\r\n' +
        '3,Zoë,,paid,computer,,\r\n' +
        '4,\'=1+1,0.1,,phone,"said ""no"", twice",Fewer songs\r\n',
    );
  });

  test('has only the heading when no row was found', () => {
    expect(toCsv(scores, new Int32Array())).toBe('\ufeffrank,user,probability,plan,device\r\n');
  });
});

interface Listed {
  readonly name: string;
  readonly probability: number;
  readonly plan: string;
  readonly device: string;
  readonly reasons: readonly string[];
}

function listOf(users: readonly Listed[]): Scores {
  const reasons = users.flatMap((user) => user.reasons);
  const ends = users.map((_, i) => users.slice(0, i + 1).flatMap((user) => user.reasons).length);
  return {
    size: users.length,
    pseudonyms: false,
    name: users.map(({ name }) => name),
    probability: Float64Array.from(users, ({ probability }) => probability),
    plan: columnOf(users.map(({ plan }) => plan)),
    device: columnOf(users.map(({ device }) => device)),
    reason: columnOf(reasons),
    firstReason: Int32Array.of(0, ...ends),
  };
}

function columnOf(values: readonly string[]) {
  const texts = [...new Set(values)];
  return { texts, index: Int32Array.from(values, (value) => texts.indexOf(value)) };
}

function naivelySorted(users: readonly Listed[], key: SortKey, descending: boolean): number[] {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const value = (row: number): string | number | undefined => {
    const user = users[row];
    if (key === 'reason') return user.reasons[0];
    if (key === 'probability') return Number.isNaN(user.probability) ? undefined : user.probability;
    if (key === 'rank') return row;
    return key === 'name' ? user.name : user[key] || undefined;
  };
  return [...users.keys()].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || a - b;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y));
    return (descending ? -order : order) || a - b;
  });
}
