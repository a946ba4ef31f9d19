/** `name` as a quoted identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A number as JSON writes it: a regular expression that RE2, Java and JavaScript read alike, without anchors. */
export const jsonNumber = '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?';

/**
 * `text` as a string literal, in a form that DuckDB and Spark read alike: quotes and backslashes, which Spark 4.0
 * reads otherwise inside a literal, are put in by `chr`.
 */
export function literal(text: string): string {
  const parts = text.split(/(['\\])/).filter((part) => part !== '');
  if (parts.length === 0) return "''";
  const terms = parts.map((part) => (part === "'" ? 'chr(39)' : part === '\\' ? 'chr(92)' : `'${part}'`));
  return terms.length === 1 ? terms[0] : `(${terms.join(' || ')})`;
}

/** A parenthesised list of string literals, for IN. */
export function literals(texts: readonly string[]): string {
  return `(${texts.map(literal).join(', ')})`;
}
