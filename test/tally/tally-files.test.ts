import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/schema.ts';
import { definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { silentEffects } from '../../src/effects.ts';
import { createRandom } from '../../src/random.ts';
import { slotsOf } from '../../src/tally/slots.ts';
import { readRealLog, simulatedLog } from '../features/as-of.ts';
import { definitions } from '../ingest/definitions.ts';
import { badLines, blankLines, goodLines, linesOfNobody } from '../ingest/hostile-lines.ts';
import { cleanEnds } from '../ingest/line-ends.ts';
import { hostileLines } from '../ingest/random-lines.ts';
import { row } from '../ingest/row.ts';
import { fineCut, readAsTally, readBothWays } from './both-ways.ts';

const lifts = definitionSchema.parse({
  name: 'lifts',
  columns: {
    user: 'who',
    time: { column: 'at', unit: 'iso' },
    session: 'visit',
    action: 'did',
    sequence: 'n',
    duration: { column: 'took', unit: 'ms' },
    registered: { column: 'joined', unit: 's' },
    plan: 'plan',
    item: 'what',
  },
  quotedNumbers: true,
  dimensions: ['plan', 'where'],
  anonymous: [{ column: 'where', in: ['door'] }],
  loss: { actions: ['quit'] },
  roles: { play: ['lift'], like: ['lift', 'cheer'] },
});

const lift = {
  who: 'a1',
  at: '2024-02-29T23:59:59.999Z',
  visit: 7,
  did: 'lift',
  n: '12',
  took: 61.5,
  joined: '1700000000.25',
  plan: 'gold',
  what: 'bar',
  where: 'hall',
  other: 'x',
};

const oneSlice = { ...fineCut, largestSlice: 1 << 20, smallestSlice: 1 << 20 };

/** Both readings; that by rows is needed where, and only where, a row stands twice. */
async function expectSame(
  text: string | Uint8Array,
  definition: Definition = sparkify,
  cut = fineCut,
  threads = 1,
) {
  const { tallied, byRows } = await readBothWays({ 'log.json': text }, definition, cut, {
    ...silentEffects,
    threads,
  });
  const { duplicate } = byRows.accounting;
  expect(tallied).toEqual(duplicate === 0 ? byRows : undefined);
  return byRows.accounting;
}

describe('a log read as it streams by gives what its rows give', () => {
  test.each([
    ...definitions,
    ['ISO times, quoted numbers and a plan that is a dimension', lifts, lift, []] as const,
  ])(
    'however its lines are damaged: %s',
    async (_, definition, example) => {
      let tallied = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(hostileLines(example), {
            maxLength: 40,
            selector: (line) => line.toString('latin1'),
          }),
          async (hostile) => {
            const lines = [Buffer.from(JSON.stringify(example)), ...hostile];
            const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
            if (slotsOf(definition) === undefined) return;
            const { duplicate } = await expectSame(text, definition);
            if (duplicate === 0) tallied++;
          },
        ),
        { numRuns: 3, seed: 4 },
      );
      if (slotsOf(definition) !== undefined) expect(tallied).toBeGreaterThan(0);
    },
    60_000,
  );

  test('with every line of the hostile corpus', async () => {
    const bad = badLines.map(([, , line]) => Buffer.from(line));
    const others = [...goodLines, ...linesOfNobody, ...blankLines].map(([, line], i) =>
      Buffer.from(line.replace(/("sessionId":\s*)29(?!\.)/, `$1${1000 + i}`)),
    );
    const lines = [Buffer.from(row({ sessionId: 1 })), ...bad, ...others].flatMap((line) => [
      line,
      Buffer.from('\n'),
    ]);
    const { quarantined, duplicate } = await expectSame(Buffer.concat(lines));
    expect(quarantined).toBe(badLines.length);
    expect(duplicate).toBe(0);
  });

  test.each(cleanEnds)('with %s', async (_, text, counts) => {
    expect((await readAsTally({ 'log.json': text }, sparkify))?.accounting).toMatchObject(counts);
  });

  test('of the real log, by other threads', async () => {
    const cut = { smallLog: 0, largestSlice: 1 << 20, smallestSlice: 1 << 18, partition: 1 << 19 };
    await expectSame(await readRealLog(), sparkify, cut, 2);
  });

  test('of a simulated log whose rows stand in any order, in several files', async () => {
    const lines = (await simulatedLog(8, 20, 3)).split('\n').filter((line) => line !== '');
    const order = Int32Array.from(lines.keys());
    createRandom(5).shuffle(order);
    const shuffled = Array.from(order, (line) => lines[line]);
    const half = shuffled.length >> 1;
    const contents = {
      '1.json': shuffled.slice(0, half).join('\n'),
      '2.json': shuffled.slice(half).join('\n'),
    };
    const { tallied, byRows } = await readBothWays(contents, sparkify, { ...fineCut, largestSlice: 150_000 });
    expect(tallied).toEqual(byRows);
  });
});

describe('a log is left to the rows', () => {
  test('when a row stands twice, in whatever words', async () => {
    const other = row().replace('Rockpools', '\\u0052ockpools').replace('"sessionId":29', '"sessionId":"29"');
    expect(await expectSame([row(), row({ itemInSession: 3 }), other].join('\n'))).toHaveProperty(
      'duplicate',
      1,
    );
  });

  test('when a slice holds more bad lines than memory should', async () => {
    const { tallied, byRows } = await readBothWays(
      { 'log.json': `${row()}\n${'x\n'.repeat(20_001)}` },
      sparkify,
      oneSlice,
    );
    expect(tallied).toBeUndefined();
    expect(byRows.accounting.quarantined).toBe(20_001);
  });

  test('when a user and day have longer durations than a double adds up', async () => {
    const lines = [1, 2].map((itemInSession) => row({ itemInSession, length: 8e10 }));
    expect(await readAsTally({ 'log.json': lines.join('\n') }, sparkify, oneSlice)).toBeUndefined();
  });

  test('when it has a longer text than is compared', async () => {
    expect(
      await readAsTally({ 'log.json': row({ song: 'x'.repeat(70_000) }) }, sparkify, oneSlice),
    ).toBeUndefined();
  });

  test('when one key is a number and a text', () => {
    expect(slotsOf(definitionSchema.parse({ ...sparkify, dimensions: ['ts'] }))).toBeUndefined();
  });
});
