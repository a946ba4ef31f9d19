import { UsageError } from '../../errors.ts';

/** Whether the text holds a character that globs give a meaning. */
export function isGlob(text: string): boolean {
  return /[*?[{\\]/.test(text);
}

/** What comes before the first such character: every match begins with it. */
export function literalPrefix(glob: string): string {
  return /^[^*?[{\\]*/.exec(glob)?.[0] ?? '';
}

/**
 * A glob over keys as a regular expression over the whole key: `*` and `?` stop at a slash, `**` does not
 * (and with the slash after it also stands for nothing); `[a-z]`, `[!a-z]`, `{one,two}`, and a backslash before what is meant literally.
 * A bracket or brace that is not closed stands for itself. @throws UsageError for a range that runs backwards.
 */
export function globRegExp(glob: string): RegExp {
  try {
    return new RegExp(`^${translate(glob)}$`, 'su');
  } catch (cause) {
    throw new UsageError(
      `${glob} is no glob: a range in brackets runs from the lower to the higher character.`,
      { glob },
      { cause },
    );
  }
}

const TOKEN = /\*\*\/|\*\*|\*|\?|\[[!^]?\]?[^\]]+\]|\{|\\.|./gsu;

function translate(glob: string): string {
  const tokens = glob.match(TOKEN) ?? [];
  let expression = '';
  for (let i = 0; i < tokens.length; i++) {
    const close = tokens[i] === '{' ? closingBrace(tokens, i) : -1;
    if (close < 0) {
      expression += translateToken(tokens[i]);
    } else {
      const choices = splitChoices(tokens.slice(i + 1, close)).map((choice) => translate(choice));
      expression += `(?:${choices.join('|')})`;
      i = close;
    }
  }
  return expression;
}

function translateToken(token: string): string {
  switch (token) {
    case '**/':
      return '(?:.*/)?';
    case '**':
      return '.*';
    case '*':
      return '[^/]*';
    case '?':
      return '[^/]';
  }
  if (token.startsWith('[') && token.length > 1) return characterClass(token);
  return escaped(token.startsWith('\\') && token.length > 1 ? token.slice(1) : token);
}

function characterClass(token: string): string {
  const negated = /^\[[!^]./s.test(token.slice(0, -1));
  const members = token.slice(negated ? 2 : 1, -1).replaceAll(/[\\\]^[]/g, '\\$&');
  return negated ? `[^/${members}]` : `(?!/)[${members}]`;
}

function closingBrace(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i] === '{') depth++;
    else if (tokens[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function splitChoices(tokens: readonly string[]): string[] {
  const choices = [''];
  let depth = 0;
  for (const token of tokens) {
    if (token === '{') depth++;
    else if (token === '}') depth--;
    if (token === ',' && depth === 0) choices.push('');
    else choices[choices.length - 1] += token;
  }
  return choices;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
