import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { renderReport } from '../../src/report/html.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { hostile } from './hostile.ts';
import { sampleReport, sampleWithoutLearning } from './sample.ts';

const template =
  '<script id="report">"{{report}}"</script><script id="scores">"{{scores}}"</script><script id="users">"{{users}}"</script>';
const users = { scores: 'SCORES', blocks: 'FIRST\nSECOND' };

describe('renderReport', () => {
  test('packs the record as JSON that reads back as it was, and the users beside it', () => {
    const html = renderReport(sampleReport(), users, template);
    expect(parsed(html)).toEqual(JSON.parse(JSON.stringify(sampleReport())));
    expect(html).toContain('<script id="scores">SCORES</script><script id="users">FIRST\nSECOND</script>');
  });

  test('lets no text end the element it stands in', () => {
    const html = renderReport(sampleReport(), users, template);
    expect(html.match(/<\/script/g)).toHaveLength(3);
    expect(html).not.toContain('<!--');
    expect(html).not.toContain('<img');
  });

  test('takes patterns of replacement and names of slots in a text for text', () => {
    const data = { ...sampleWithoutLearning(), nothingToLearn: hostile[2] };
    expect(parsed(renderReport(data, users, template)).nothingToLearn).toBe(hostile[2]);
  });

  test('writes NaN and the infinities as null', () => {
    const data = sampleWithoutLearning();
    const holes = { ...data, input: { ...data.input, bytes: Number.NaN, lines: Number.POSITIVE_INFINITY } };
    expect(parsed(renderReport(holes, users, template)).input).toMatchObject({ bytes: null, lines: null });
  });

  test('gives the same bytes for the same record', () => {
    expect(renderReport(sampleReport(), users, template)).toBe(renderReport(sampleReport(), users, template));
  });

  test('carries any text unharmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const html = renderReport({ ...sampleWithoutLearning(), nothingToLearn: text }, users, template);
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
    expect(() => renderReport(sampleReport(), users, broken)).toThrow(EngineError);
    expect(() => renderReport(sampleReport(), users, broken)).toThrow(/npm run build/);
  });
});

function parsed(html: string): ReportData {
  const json = /<script id="report">([\s\S]*?)<\/script>/.exec(html)?.[1];
  if (json === undefined) throw new Error('The page holds no record.');
  return JSON.parse(gunzipSync(Buffer.from(json, 'base64')).toString());
}
