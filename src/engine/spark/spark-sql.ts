/**
 * SQL with `"name"` for identifiers as SQL with `` `name` ``: Spark takes the first only where it is told to, and version 4.0 knows no
 * quote inside one. Texts between single quotes stay, which hold no quote of their own (see `literal`), and names in backticks.
 */
export function sparkSql(sql: string): string {
  return sql.replaceAll(/'[^']*'|`[^`]*`|"((?:[^"]|"")*)"/g, (token, name?: string) =>
    name === undefined ? token : backticked(name.replaceAll('""', '"')),
  );
}

/** `name` as Spark's quoted identifier. */
export function backticked(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
