import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a table as `makeTable` and `makeLogTable` give it, for the processes that learn from it. */
export function writeTable(folder, { columns, levels, labels, train }) {
  mkdirSync(folder, { recursive: true });
  const rows = labels.length;
  const all = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => {
    all.set(column, j * rows);
  });
  writeFileSync(join(folder, 'columns.f64'), all);
  writeFileSync(join(folder, 'labels.u8'), labels);
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ rows, train, levels }));
}

/** Its training and test rows, as examples. */
export function readTable(folder) {
  const { rows, train, levels } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  const bytes = readFileSync(join(folder, 'columns.f64'));
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  const labels = new Uint8Array(readFileSync(join(folder, 'labels.u8')));
  const part = (start, end) => ({
    matrix: {
      rows: end - start,
      names: levels.map((_, j) => `f${j}`),
      columns: levels.map((_, j) => all.slice(j * rows + start, j * rows + end)),
      levels: levels.some((count) => count > 0) ? levels.map(levelNames) : undefined,
    },
    labels: labels.slice(start, end),
    groups: Int32Array.from({ length: end - start }, (_, i) => i),
  });
  return { train: part(0, train), test: part(train, rows) };
}

function levelNames(count) {
  return count > 0 ? Array.from({ length: count }, (_, code) => `level ${code}`) : undefined;
}
