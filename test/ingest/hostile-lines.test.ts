import { describe, expect, test } from 'vitest';
import { badLines, blankLines, goodLines, linesOfNobody } from './hostile-lines.ts';
import { ingestText, type Outcome } from './ingested.ts';
import { plainEvent, row } from './row.ts';

const before = row({ itemInSession: 1 });
const after = row({ itemInSession: 3 });

/** The line stands second of three; what becomes of the other two is the same in every case. */
async function ingestSecond(line: string | Buffer): Promise<Outcome> {
  const outcome = await ingestText(
    Buffer.concat([Buffer.from(`${before}\n`), Buffer.from(line), Buffer.from(`\n${after}\n`)]),
  );
  expect(outcome.ingested.accounting).toMatchObject({
    lines: 3,
    bytes: before.length + after.length + Buffer.byteLength(line) + 3,
  });
  expect(outcome.log.filter(({ sequence }) => sequence === 1 || sequence === 3)).toEqual([
    { ...plainEvent, sequence: 1 },
    { ...plainEvent, sequence: 3 },
  ]);
  return outcome;
}

describe('a bad line is quarantined with its reason, place and text', () => {
  test.each(badLines)('%s: %s', async (_, reason, line) => {
    const { ingested, log, quarantine } = await ingestSecond(line);
    expect(ingested.accounting).toMatchObject({ accepted: 2, quarantined: 1, anonymous: 0, blank: 0 });
    expect(log).toHaveLength(2);
    expect(quarantine).toEqual([
      { file: 'log.json', line: 2, offset: before.length + 1, reason, text: line.toString() },
    ]);
  });
});

describe('a good line is accepted as it is', () => {
  test.each(goodLines)('%s', async (_, line, change) => {
    const { ingested, log, quarantine } = await ingestSecond(line);
    expect(quarantine).toEqual([]);
    expect(ingested.accounting).toMatchObject({ accepted: 3, quarantined: 0, duplicate: 0 });
    expect(log).toContainEqual({ ...plainEvent, ...change });
  });
});

describe('a row of nobody is anonymous, and no event', () => {
  test.each(linesOfNobody)('%s', async (_, line, change) => {
    const { ingested, log } = await ingestSecond(line);
    expect(ingested.accounting).toMatchObject({ accepted: 2, anonymous: 1, quarantined: 0 });
    expect(log).toContainEqual({ ...plainEvent, ...change, anonymous: true });
  });

  test('which does not excuse a bad value in it', async () => {
    const { quarantine } = await ingestSecond(row({ userId: '', ts: 'now' }));
    expect(quarantine.map(({ reason }) => reason)).toEqual(['wrong_type:ts']);
  });
});

describe('a line of white space alone is blank', () => {
  test.each(blankLines)('%s', async (_, line) => {
    const { ingested } = await ingestSecond(line);
    expect(ingested.accounting).toMatchObject({ accepted: 2, blank: 1, quarantined: 0 });
  });
});
