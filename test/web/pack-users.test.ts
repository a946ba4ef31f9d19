import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PackedScores, packNobody, packUsers } from '../../src/report/pack-users.ts';
import type { ReportUser } from '../../src/report/report-user.ts';
import { reasonsOf, textAt, unpackScores } from '../../web/report/scores.ts';
import { UserBlocks } from '../../web/report/user-blocks.ts';
import { contributionSteps } from '../../web/user/contribution-steps.ts';
import { sampleScores, sampleUsers, sampleUsersWithHoles } from './sample-users.ts';

const common = { unit: 'log-odds', base: -2.5, measures: sampleScores().measures.slice(0, 2) } as const;

async function unpacked(users: readonly ReportUser[]) {
  const packed = await packUsers(users, common, true);
  const list: PackedScores = JSON.parse(gunzipSync(Buffer.from(packed.scores, 'base64')).toString());
  return { scores: unpackScores(list), blocks: new UserBlocks(packed.blocks.split('\n'), list.usersOfBlock) };
}

describe('packed users', () => {
  test('are nobody where nobody was scored', async () => {
    const packed = await packNobody();
    expect(packed.blocks).toBe('');
    const list: PackedScores = JSON.parse(gunzipSync(Buffer.from(packed.scores, 'base64')).toString());
    expect(unpackScores(list).size).toBe(0);
  });

  test('keep what is missing missing', async () => {
    const { scores, blocks } = await unpacked(sampleUsersWithHoles());
    expect(scores.probability[2]).toBeNaN();
    expect(await blocks.user(2)).toEqual({
      contributions: [],
      others: Number.NaN,
      score: Number.NaN,
      days: [],
      risk: [],
    });
  });

  test('are the same bytes for the same users', async () => {
    const once = await packUsers(sampleUsers(), sampleScores(), true);
    expect(await packUsers(sampleUsers(), sampleScores(), true)).toEqual(once);
  });

  test('are found in whichever block they stand', async () => {
    const users = sampleUsers(600);
    const { blocks } = await unpacked(users);
    for (const row of [0, 255, 256, 599])
      expect((await blocks.user(row)).days, String(row)).toEqual(
        users[row].days.map(({ counts, ...day }) => ({ ...day, counts: counts.slice(0, 2) })),
      );
  });

  test('unpack to what went in, contributions to a thousandth, risks to a hundredth of a percent', async () => {
    const number = fc.double({ min: -9, max: 9, noNaN: true });
    const user: fc.Arbitrary<ReportUser> = fc.record({
      name: fc.string(),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      plan: fc.constantFrom('', 'paid', 'free'),
      device: fc.string(),
      reasons: fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
      contributions: fc.array(fc.record({ feature: fc.nat(9), value: number, contribution: number }), {
        maxLength: 3,
      }),
      others: number,
      days: fc
        .uniqueArray(fc.nat(90), { maxLength: 5 })
        .map((days) =>
          days
            .toSorted((a, b) => a - b)
            .map((day) => ({ day, counts: [day * 3, day], plan: day % 2 === 0 ? 'paid' : '' })),
        ),
      risk: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(user, { maxLength: 6 }), async (users) => {
        const { scores, blocks } = await unpacked(users);
        expect(scores.name).toEqual(users.map(({ name }) => name));
        for (const [row, given] of users.entries()) {
          expect(scores.probability[row]).toBeCloseTo(given.probability, 6);
          expect([textAt(scores.plan, row), textAt(scores.device, row)]).toEqual([given.plan, given.device]);
          expect(reasonsOf(scores, row)).toEqual(given.reasons);
          const found = await blocks.user(row);
          expect(found.days).toEqual(given.days);
          expect(found.contributions.map(({ feature }) => feature)).toEqual(
            given.contributions.map(({ feature }) => feature),
          );
          found.risk.forEach((risk, i) => {
            expect(risk).toBeCloseTo(given.risk[i], 3);
          });
          const exact = given.contributions.reduce(
            (sum, { contribution }) => sum + contribution,
            common.base + given.others,
          );
          expect(Math.abs(found.score / 1000 - exact)).toBeLessThan(0.00051);
        }
      }),
      { seed: 2, numRuns: 40 },
    );
  });
});

describe('the sum that a score is', () => {
  test('adds up to the digit as it is shown, from the base over each part to the score', async () => {
    const users = sampleUsers(300);
    const packed = await packUsers(users, sampleScores(), true);
    const blocks = new UserBlocks(packed.blocks.split('\n'), 256);
    for (const [row, { probability }] of users.entries()) {
      const steps = contributionSteps(await blocks.user(row), sampleScores());
      expect(steps.map(({ kind }) => kind).join()).toBe('base,part,part,part,part,part,score');
      const last = steps[steps.length - 1];
      expect(steps[steps.length - 2].to).toBe(last.to);
      expect(last.to / 1000).toBeCloseTo(Math.log(probability / (1 - probability)), 2);
    }
  });

  test('says in words what each feature was, the median beside it, and the days it looks back on', async () => {
    const { blocks } = await packUsers(sampleUsers(1), sampleScores(), true);
    const [, first, second, third, fourth] = contributionSteps(
      await new UserBlocks([blocks], 256).user(0),
      sampleScores(),
    );
    expect(first).toMatchObject({
      what: 'Days since the last event',
      median: '3.2 days',
      days: '1 Oct–30 Nov',
    });
    expect(second).toMatchObject({ days: '3 Nov–30 Nov' });
    expect(third).toMatchObject({ what: 'Uses macOS', value: 'no', median: 'no' });
    expect(fourth).toMatchObject({ value: 'not known', median: 'not known' });
  });
});
