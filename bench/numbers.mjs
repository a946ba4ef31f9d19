// How numbers stand in the tables.

export function seconds(value) {
  return value.toFixed(value < 10 ? 2 : 1);
}

export function gigabytes(bytes) {
  return (bytes / 1e9).toFixed(1);
}

export function megabytes(bytes) {
  if (bytes === null) return '–';
  return bytes > 0 && bytes < 1e7 ? (bytes / 1e6).toFixed(2) : whole(bytes / 1e6);
}

export function whole(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** Of two numbers, with two decimals; empty without a base. */
export function ratio(value, base) {
  return base === undefined ? '' : (value / base).toFixed(2);
}

/** A table in Markdown: texts to the left, what `header` marks with a colon in front to the right. */
export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const names = header.map((name) => name.replace(/^:/, ''));
  const marks = header.map((name) => (name.startsWith(':') ? '---:' : '---'));
  return [line(names), `|${marks.join('|')}|`, ...rows.map(line)].join('\n');
}
