export interface Column {
  readonly title: string;
  readonly numeric?: boolean;
}

interface DataTableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** A plain table in a box that scrolls by itself; the first column names the row. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="scroller" tabIndex={0} aria-label={caption}>
      <table class="data in-scroller">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, numeric }) => (
              <th key={title} scope="col" class={numeric ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              <th scope="row" class={columns[0].numeric ? 'number' : undefined}>
                {cells[0]}
              </th>
              {cells.slice(1).map((cell, i) => (
                <td key={columns[i + 1].title} class={columns[i + 1].numeric ? 'number' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
