/** What a value of JSON is written as; `null` where no line says more. */
export type ValueKind = 'text' | 'whole' | 'decimal' | 'boolean' | 'null';

/** A key of a template, and the text from the value before it to its own: `,"page":`. */
export interface TemplateMember {
  readonly key: string;
  readonly before: string;
  readonly kind: ValueKind;
}

/** How a line of JSON is written: its keys in their order, each once, and all that stands between the values. */
export interface LineTemplate {
  readonly members: readonly TemplateMember[];
  readonly end: string;
}

const mostTemplates = 8;

/**
 * The commonest ways in which lines are written, the commonest first. A key has one type in all of them, the commonest, whatever
 * its whole and broken numbers; where it is null in some, they have its kind from the others.
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
  return byCount.slice(0, mostTemplates).map(([text]): LineTemplate => JSON.parse(text));
}

const string = '"(?:[^"\\\\]|\\\\.)*"';
const memberPattern = new RegExp(
  `([{,][ \\t]*(${string})[ \\t]*:[ \\t]*)(?:(?<text>${string})|(?<decimal>-?\\d+\\.\\d+)|(?<whole>-?\\d+)|(?<boolean>true|false)|(?<null>null))(?=[ \\t]*[,}])`,
  'y',
);

/** How one line is written; undefined for one with lists, objects, powers of ten or a key twice, or that is none of JSON. */
export function templateOf(line: string): LineTemplate | undefined {
  const members: TemplateMember[] = [];
  let at = 0;
  memberPattern.lastIndex = 0;
  for (let match = memberPattern.exec(line); match !== null; match = memberPattern.exec(line)) {
    const [, before, name] = match;
    const kind = kindNames.find((one) => match.groups?.[one] !== undefined) ?? 'null';
    members.push({ key: keyOf(name), before, kind });
    at = memberPattern.lastIndex;
  }
  const end = line.slice(at);
  const keys = new Set(members.map(({ key }) => key));
  const isWhole = /^[ \t]*\}$/.test(end) && members.length > 0 && line.indexOf('{') === 0;
  return isWhole && keys.size === members.length && !keys.has('') ? { members, end } : undefined;
}

const kindNames: readonly ValueKind[] = ['text', 'decimal', 'whole', 'boolean'];

/** The key as a program reads it; empty where it is none. */
function keyOf(name: string): string {
  try {
    return JSON.parse(name);
  } catch {
    return '';
  }
}

export type ValueType = 'text' | 'number' | 'boolean';

export function typeOf(kind: ValueKind | undefined): ValueType | undefined {
  if (kind === 'whole' || kind === 'decimal') return 'number';
  return kind === 'null' ? undefined : kind;
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
