import {
  type LineTemplate,
  type TemplateMember,
  templateOf,
  typeOf,
  type ValueKind,
} from './line-template.ts';
import { mergeTemplates } from './merge-templates.ts';

const mostTemplates = 8;

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
  const ways = byCount.map(([text]): LineTemplate => JSON.parse(text));
  const nulls = found.flatMap(({ members }) => members.filter(({ kind }) => kind === 'null'));
  return mergeTemplates(ways, new Set(nulls.map(({ key }) => key))).slice(0, mostTemplates);
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
