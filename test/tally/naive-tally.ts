import type { Definition } from '../../src/definition/schema.ts';
import { type Judge, lineJudge } from '../../src/ingest/judge.ts';
import { judgeBytes } from '../../src/ingest/judge-bytes.ts';

/** What a log comes down to, in texts instead of codes: lists are sorted, so that two can be compared. */
export interface PlainTally {
  readonly lines: number;
  readonly blank: number;
  readonly bad: readonly string[];
  readonly accepted: number;
  readonly anonymous: number;
  readonly parts: readonly string[];
  readonly plays: readonly string[];
  readonly losses: readonly string[];
  readonly hours: readonly string[];
  readonly kinds: readonly string[];
}

type Value = string | number | null;

/** The tally of a log of Sparkify's columns, row by row and with nothing clever: each line as the judge reads it. */
export function naiveTally(text: Buffer, definition: Definition): PlainTally {
  const judge = lineJudge(definition);
  const bad: string[] = [];
  const parts = new Map<string, number[]>();
  const hours = new Map<string, number[]>();
  const kinds = new Map<string, number[]>();
  const plays: string[] = [];
  const losses: string[] = [];
  const counts = { blank: 0, accepted: 0, anonymous: 0 };
  const lines = linesOf(text);
  lines.forEach((line, i) => {
    const verdict = verdictOn(line, judge);
    if (verdict.kind === 'blank') counts.blank++;
    if (verdict.kind === 'bad') bad.push(`${i + 1} ${verdict.reason}`);
    if (verdict.kind !== 'good') return;
    const { columns, anonymous, dimensions, loss, roles } = definition;
    const value = (key: string | undefined): Value =>
      key === undefined ? null : (verdict.record[key] ?? null);
    const user = String(value(columns.user));
    const action = String(value(columns.action));
    const isNobody =
      user === '' || anonymous.some((rule) => rule.in.includes(String(value(rule.column) ?? '')));
    const kind = [action, value(columns.plan), ...dimensions.map(value)];
    addTo(kinds, kind, isNobody ? [0, 1] : [1, 0]);
    counts[isNobody ? 'anonymous' : 'accepted']++;
    if (isNobody) return;
    const time = Number(value(columns.time.column));
    const day = Math.floor(time / 86_400_000);
    const hour = Math.floor(time / 3_600_000);
    const isLoss = loss.actions.includes(action);
    const played = Object.values(roles).map((actions) => (actions.includes(action) ? 1 : 0));
    const isPlay = roles.play?.includes(action) ? 1 : 0;
    addTo(hours, [hour], [1, isPlay, isLoss ? 1 : 0]);
    if (isLoss) losses.push(JSON.stringify([user, time]));
    const creator = value(columns.creator);
    const item = value(columns.item);
    if (creator !== null || item !== null) plays.push(JSON.stringify([user, creator, item, day]));
    const profile = [columns.registered?.column, columns.gender, columns.location, columns.agent].map(value);
    const duration = Math.round(Number(value(columns.duration?.column) ?? 0) * 100_000);
    const key = [user, String(value(columns.session)), day, value(columns.plan), ...profile];
    addTo(parts, key, [isLoss ? 0 : 1, duration, ...played]);
  });
  return {
    lines: lines.length,
    ...counts,
    bad,
    parts: rowsOf(parts),
    plays: plays.sort(),
    losses: losses.sort(),
    hours: rowsOf(hours),
    kinds: rowsOf(kinds),
  };
}

/** Adds numbers to those of a key. */
export function addTo(sums: Map<string, number[]>, key: readonly Value[], numbers: readonly number[]): void {
  const text = JSON.stringify(key);
  sums.set(text, sums.get(text)?.map((sum, i) => sum + numbers[i]) ?? [...numbers]);
}

export function rowsOf(sums: ReadonlyMap<string, readonly number[]>): string[] {
  return [...sums].map(([key, numbers]) => `${key} ${numbers.join(' ')}`).sort();
}

function linesOf(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf(10, at) < 0 ? text.length : text.indexOf(10, at);
    lines.push(text.subarray(at, end));
    at = end + 1;
  }
  return lines;
}

function verdictOn(line: Buffer, judge: Judge) {
  const bytes = line.at(-1) === 13 ? line.subarray(0, -1) : line;
  return judgeBytes({ bytes, length: bytes.length }, judge);
}
