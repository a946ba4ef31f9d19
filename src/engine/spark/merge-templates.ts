import type { LineTemplate, TemplateMember } from './line-template.ts';

/**
 * Templates with as many as can be written as one put together: the keys that some lines leave out stand at their place and
 * are `optional`. Songs in one line and none in the next are one template, not two, and so are all other mixtures of the same keys.
 *
 * @param templates the commonest first; the merged ones stand where the first of theirs did.
 * @param nullable keys that some lines have with null: where one is not there, nobody could tell how that is written.
 */
export function mergeTemplates(
  templates: readonly LineTemplate[],
  nullable: ReadonlySet<string>,
): LineTemplate[] {
  const merged: LineTemplate[] = [];
  for (const template of templates) {
    const tried = merged.map((one) => mergeTwo(one, template, nullable));
    const at = tried.findIndex((both) => both !== undefined);
    merged[at < 0 ? merged.length : at] = tried[at] ?? template;
  }
  return merged;
}

/** Undefined where the two begin or end with something else, write a key in two ways, or have their keys in another order. */
function mergeTwo(a: LineTemplate, b: LineTemplate, nullable: ReadonlySet<string>): LineTemplate | undefined {
  if (a.end !== b.end || !isAlike(a.members[0], b.members[0])) return undefined;
  const ofB = new Map(b.members.map((member, i) => [member.key, i]));
  const members: TemplateMember[] = [];
  const leftOut = (member: TemplateMember) => ({ ...member, optional: true });
  let next = 0;
  for (const member of a.members) {
    const at = ofB.get(member.key);
    if (at === undefined) {
      members.push(leftOut(member));
      continue;
    }
    if (at < next || !isAlike(member, b.members[at])) return undefined;
    members.push(...b.members.slice(next, at).map(leftOut), member);
    next = at + 1;
  }
  members.push(...b.members.slice(next).map(leftOut));
  return members.some(({ key, optional = false }) => optional && nullable.has(key))
    ? undefined
    : { ...a, members };
}

function isAlike(a: TemplateMember, b: TemplateMember): boolean {
  return a.key === b.key && a.before === b.before && a.kind === b.kind;
}
