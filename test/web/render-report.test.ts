import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { renderReport } from '../../src/report/html.ts';
import { type PackedScores, packScores } from '../../src/report/pack-scores.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { reasonsOf, unpackScores } from '../../web/report/scores.ts';
import { hostile } from './hostile.ts';
import { sampleReport, sampleWithoutLearning } from './sample.ts';

const template = '<script id="report">"{{report}}"</script><script id="scores">"{{scores}}"</script>';

describe('renderReport', () => {
  test('inlines the record as JSON that reads back as it was, its score list apart', () => {
    const data = sampleReport();
    const expected = structuredClone(data);
    if (!expected.learning) throw new Error('the sample has learnt');
    expect(parsed(renderReport(data, template))).toEqual({
      ...expected,
      learning: { ...expected.learning, scores: { day: '2018-12-01', users: [] } },
    });
  });

  test('lets no text end the element it stands in', () => {
    const html = renderReport(sampleReport(), template);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    expect(html).not.toContain('<!--');
    expect(html).not.toContain('<img');
  });

  test('keeps the line separators of Unicode escaped', () => {
    expect(renderReport(sampleReport(), template)).not.toMatch(/[\u2028\u2029]/);
  });

  test('takes patterns of replacement and names of slots in a text for text', () => {
    const data = { ...sampleWithoutLearning(), nothingToLearn: hostile[2] };
    expect(parsed(renderReport(data, template)).nothingToLearn).toBe(hostile[2]);
  });

  test('writes NaN and the infinities as null', () => {
    const data = sampleWithoutLearning();
    const holes = { ...data, input: { ...data.input, bytes: Number.NaN, lines: Number.POSITIVE_INFINITY } };
    expect(parsed(renderReport(holes, template)).input).toMatchObject({ bytes: null, lines: null });
  });

  test('gives the same bytes for the same record', () => {
    expect(renderReport(sampleReport(), template)).toBe(renderReport(sampleReport(), template));
  });

  test('carries any text unharmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const html = renderReport({ ...sampleWithoutLearning(), nothingToLearn: text }, template);
        expect(parsed(html).nothingToLearn).toBe(text);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test.each([
    ['no slot', '<p></p>'],
    ['one slot', '<p>"{{report}}"</p>'],
    ['a slot twice', `${template}"{{report}}"`],
  ])('refuses a template with %s', (_, broken) => {
    expect(() => renderReport(sampleReport(), broken)).toThrow(EngineError);
    expect(() => renderReport(sampleReport(), broken)).toThrow(/npm run build/);
  });
});

describe('the packed score list', () => {
  test('is gzipped JSON in base64', () => {
    const users = sampleReport(40).learning?.scores.users ?? [];
    const base64 = /id="scores">([^<]*)</.exec(renderReport(sampleReport(40), template))?.[1] ?? '';
    const packed: PackedScores = JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString());
    expect(packed).toEqual(packScores(users));
  });

  test('is empty for a run that learnt nothing', () => {
    expect(packScores([])).toEqual({
      user: [],
      probability: [],
      rank: [],
      firstReason: [0],
      reasonText: [],
      contribution: [],
      texts: [],
    });
  });

  test('unpacks to the users that went in, to six decimals', () => {
    const reason = fc.record({
      text: fc.string({ maxLength: 3 }),
      contribution: fc.double({ min: -9, max: 9, noNaN: true }),
    });
    const user = fc.record({
      user: fc.string(),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      rank: fc.nat(),
      reasons: fc.array(reason, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(user), (users) => {
        const scores = unpackScores(packScores(users));
        expect(scores.size).toBe(users.length);
        users.forEach(({ user, probability, rank, reasons }, i) => {
          expect(scores.user[i]).toBe(user);
          expect(scores.rank[i]).toBe(rank);
          expect(scores.probability[i]).toBeCloseTo(probability, 6);
          const back = reasonsOf(scores, i);
          expect(back.map(({ text }) => text)).toEqual(reasons.map(({ text }) => text));
          back.forEach((found, k) => {
            expect(found.contribution).toBeCloseTo(reasons[k].contribution, 6);
          });
        });
      }),
      { seed: 2 },
    );
  });
});

function parsed(html: string): ReportData {
  const json = /<script id="report">([\s\S]*?)<\/script>/.exec(html)?.[1];
  if (json === undefined) throw new Error('The page holds no record.');
  return JSON.parse(json);
}
