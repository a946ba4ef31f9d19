/** What a value of JSON is written as; `null` where no line says more. */
export type ValueKind = 'text' | 'whole' | 'decimal' | 'boolean' | 'null';

/** A key of a template, and the text from the value before it to its own: `,"page":`. */
export interface TemplateMember {
  readonly key: string;
  readonly before: string;
  readonly kind: ValueKind;
  /** Lines may leave it out, and then do not say null; never the first. */
  readonly optional?: boolean;
}

/** How lines of JSON are written: their keys in their order, each once at most, and all that stands between the values. */
export interface LineTemplate {
  readonly members: readonly TemplateMember[];
  readonly end: string;
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
