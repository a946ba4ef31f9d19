import { definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { plainRow } from './row.ts';

const visits = definitionSchema.parse({
  name: 'visits',
  columns: {
    user: 'who',
    time: { column: 'at', unit: 'iso' },
    session: 'visit',
    action: 'did',
    sequence: 'n',
    duration: { column: 'took', unit: 'ms' },
    registered: { column: 'joined', unit: 's' },
    plan: 'plan',
  },
  quotedNumbers: true,
  dimensions: ['n'],
  loss: { actions: ['quit'] },
});

const visit = {
  who: 'a1',
  at: '2024-02-29T23:59:59.999Z',
  visit: 7,
  did: 'lift',
  n: '12',
  took: 61.5,
  joined: '1700000000.25',
  plan: 'gold',
  other: 'x',
};

/** Numbers in quotes that are none in JSON, in a column that is a text too. */
const oddNumbers = [' 1', '1 ', '\t1', '+1', '01', '.5', '1_000', ''].map((n) => ({ ...visit, n }));

const clicks = definitionSchema.parse({
  name: 'clicks',
  columns: {
    user: 'u',
    time: { column: 't', unit: 'us' },
    session: 's',
    action: 'a',
    registered: { column: 'r', unit: 'iso' },
  },
  loss: { actions: ['quit'] },
});

const click = { u: 1, t: 1700000000123456, s: 's', a: 'x', r: '2023-01-01' };

/** Definitions that differ in how columns are written, each with a plain row and rows that are read wrong easily. */
export const definitions = [
  ['the built-in log', sparkify, plainRow, []],
  ['ISO times, quoted numbers, a column of two parts', visits, visit, oddNumbers],
  ['microseconds and few columns', clicks, click, []],
] as const;
