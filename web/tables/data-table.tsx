import { type Column, isNumeric, type Row, shown } from './cell.ts';

interface DataTableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A plain table in a box that scrolls by itself; the first column names the row. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  const alignment = columns.map((column) => (isNumeric(column) ? 'number' : undefined));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="scroller" tabIndex={0} aria-label={caption}>
      <table class="data in-scroller">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title }, j) => (
              <th key={title} scope="col" class={alignment[j]}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], row) => (
            <tr key={row}>
              <th scope="row" class={alignment[0]}>
                {shown(name, columns[0])}
              </th>
              {cells.map((cell, j) => (
                <td key={columns[j + 1].title} class={alignment[j + 1]}>
                  {shown(cell, columns[j + 1])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
