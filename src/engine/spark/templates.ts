import {
  type LineTemplate,
  type TemplateMember,
  templateOf,
  typeOf,
  type ValueKind,
} from './line-template.ts';
import { mergeTemplates } from './merge-templates.ts';

const mostTemplates = 8;
/** Of these the commonest are merged: a log without any order must not take long to learn from. */
const mostWays = 256;

/**
 * The commonest ways in which lines are written, the commonest first. A key has one type in all of them, the commonest, whatever
 * its whole and broken numbers; where it is null in some, they have its kind from the others. Ways that differ in what they leave out
 * are one template.
 */
export function templatesOf(lines: readonly string[]): LineTemplate[] {
  const found = lines.flatMap((line) => templateOf(line) ?? []);
  const kinds = commonestKinds(found);
  const counts = new Map<string, number>();
  for (const { members, end } of found) {
    if (!members.every(({ key, kind }) => kind === 'null' || typeOf(kind) === typeOf(kinds.get(key))))
      continue;
    const known = members.map((member) => (member.kind === 'null' ? withKind(member, kinds) : member));
    const text = JSON.stringify({ members: known, end });
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const ways = byCount.slice(0, mostWays).map(([text]): LineTemplate => JSON.parse(text));
  const nulls = found.flatMap(({ members }) => members.filter(({ kind }) => kind === 'null'));
  return mergeTemplates(ways, new Set(nulls.map(({ key }) => key))).slice(0, mostTemplates);
}

/** Whether lines, of which there are some, are like the templates and, as near as can be told without Spark, its own writing of their values. */
export function areLike(templates: readonly LineTemplate[], lines: readonly string[]): boolean {
  const known = templates.map(({ members }) => new Map(members.map((member) => [member.key, member])));
  const isLike = (line: string) => {
    const found = templateOf(line);
    if (found === undefined || oddEscape.test(line) || numbersIn(line).some(isOddNumber)) return false;
    return known.some((ofTemplate) =>
      found.members.every(({ key, before, kind }) => {
        const member = ofTemplate.get(key);
        if (member?.before !== before) return false;
        return kind === 'null' ? member.optional !== true : kind === member.kind;
      }),
    );
  };
  return lines.length > 0 && lines.every(isLike);
}

/** A backslash before anything but a quotation mark or another one. */
const oddEscape = /^(?:[^\\]|\\["\\])*\\[^"\\]/;

/** Numbers with a fraction. */
function numbersIn(line: string): string[] {
  return line.match(/(?<=:[ \t]*)-?\d+\.\d+(?=[ \t]*[,}])/g) ?? [];
}

/** `1.50`, or more digits than a double has. */
function isOddNumber(text: string): boolean {
  return String(Number(text)) !== text.replace(/\.0$/, '');
}

function commonestKinds(templates: readonly LineTemplate[]): ReadonlyMap<string, ValueKind> {
  const counts = new Map<string, Map<ValueKind, number>>();
  for (const { key, kind } of templates.flatMap(({ members }) => members)) {
    if (kind === 'null') continue;
    const ofKey = counts.get(key) ?? new Map<ValueKind, number>();
    counts.set(key, ofKey.set(kind, (ofKey.get(kind) ?? 0) + 1));
  }
  const commonest = (ofKey: ReadonlyMap<ValueKind, number>) =>
    [...ofKey].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  return new Map([...counts].map(([key, ofKey]) => [key, commonest(ofKey)]));
}

function withKind(member: TemplateMember, kinds: ReadonlyMap<string, ValueKind>): TemplateMember {
  return { ...member, kind: kinds.get(member.key) ?? 'null' };
}
