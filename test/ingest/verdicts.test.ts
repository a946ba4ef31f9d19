import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/schema.ts';
import { lineJudge, type Verdict } from '../../src/ingest/judge.ts';
import { definitions } from './definitions.ts';
import { ingestText } from './ingested.ts';
import { hostileLines } from './random-lines.ts';

describe('every path gives a line the verdict of the judge, and the same values', () => {
  test.each(definitions)(
    '%s',
    async (_, definition, example, odd) => {
      const judge = lineJudge(definition);
      await fc.assert(
        fc.asyncProperty(
          fc.array(hostileLines(example), { minLength: 1, maxLength: 120 }),
          async (hostile) => {
            // The first line is plain: at the beginning of a file, U+FEFF is a byte order mark.
            const lines = [...[example, ...odd].map((row) => Buffer.from(JSON.stringify(row))), ...hostile];
            const { ingested, log, quarantine } = await ingestText(join(lines), { definition });
            const verdicts = lines.map((line) => verdictOf(line, judge));
            const bad = verdicts.flatMap((verdict, i) =>
              verdict.kind === 'bad'
                ? [{ line: i + 1, reason: verdict.reason, text: lines[i].toString() }]
                : [],
            );
            const found = quarantine.map(({ line, reason, text }) => ({ line, reason, text }));
            expect(found.sort((a, b) => a.line - b.line)).toEqual(bad);
            const good = verdicts.flatMap((verdict) => (verdict.kind === 'good' ? [verdict.record] : []));
            const rows = new Set(good.map((record) => JSON.stringify(canonical(record, definition))));
            expect(log.map((row) => JSON.stringify(row))).toEqual([...rows].sort());
            const { accepted, anonymous, ...accounting } = ingested.accounting;
            expect(accepted + anonymous).toBe(rows.size);
            expect(accounting).toEqual({
              bytes: lines.reduce((sum, line) => sum + line.length + 1, 0),
              lines: lines.length,
              duplicate: good.length - rows.size,
              quarantined: bad.length,
              blank: verdicts.filter(({ kind }) => kind === 'blank').length,
            });
          },
        ),
        { numRuns: 30, seed: 20 },
      );
    },
    60_000,
  );
});

function join(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}

function verdictOf(line: Buffer, judge: (text: string) => Verdict): Verdict {
  return isUtf8(line) ? judge(line.toString()) : { kind: 'bad', reason: 'not_utf8' };
}

/** The row of the table `log` that a record makes, by plain arithmetic. */
function canonical(record: Readonly<Record<string, string | number | null>>, definition: Definition) {
  const { columns } = definition;
  const value = (key: string | undefined) => (key === undefined ? null : (record[key] ?? null));
  const number = (key: string | undefined) => (value(key) === null ? null : Number(value(key)));
  const time = (column: { column: string; unit: string } | undefined) => {
    const written = value(column?.column);
    if (written === null) return null;
    if (column?.unit === 'iso') return Date.parse(zoned(String(written)));
    const scale = { s: 1000, ms: 1, us: 0.001 }[column?.unit ?? 'ms'] ?? Number.NaN;
    return scale < 1 ? Math.floor(Number(written) * 0.001) : Math.round(Number(written) * scale);
  };
  const length = number(columns.duration?.column);
  const units = columns.duration?.unit === 's' ? 100_000 : 100;
  const user = String(value(columns.user));
  const hidden = definition.anonymous.some((rule) => rule.in.includes(String(value(rule.column))));
  return {
    user,
    time: time(columns.time),
    session: String(value(columns.session)),
    action: value(columns.action),
    sequence: unsigned(number(columns.sequence)),
    duration: length === null ? null : unsigned(Math.round(length * units)),
    registered: time(columns.registered),
    plan: value(columns.plan),
    item: value(columns.item),
    creator: value(columns.creator),
    gender: value(columns.gender),
    location: value(columns.location),
    agent: value(columns.agent),
    ...Object.fromEntries(
      definition.dimensions.map((key, j) => [
        `dimension_${j}`,
        value(key) === null ? null : String(value(key)),
      ]),
    ),
    anonymous: user === '' || hidden,
  };
}

function zoned(text: string): string {
  const iso = text.replace(' ', 'T');
  return iso.length === 10 || /(Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`;
}

/** No minus zero. */
function unsigned(value: number | null): number | null {
  return value === 0 ? 0 : value;
}
