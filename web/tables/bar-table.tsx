interface BarTableProps {
  readonly title: string;
  readonly subtitle: string;
  /** Of the name and of the cells. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** Length of the bar, 0…1 of its place. */
    readonly share: number;
    readonly cells: readonly string[];
  }[];
}

/** A table that is its own bar chart. */
export function BarTable({ title, subtitle, columns, rows }: BarTableProps) {
  return (
    <figure class="figure">
      <figcaption>
        <h3>{title}</h3>
        <p class="subtitle">{subtitle}</p>
      </figcaption>
      {rows.length > 0 && (
        <table class="data bars">
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              {columns.map((name, i) => (
                <th key={name} scope="col" class={i > 0 ? 'number' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, share, cells }, row) => (
              <tr key={row}>
                <th scope="row" class="named">
                  <span class="name">{name}</span>
                  <span class="bar" style={{ width: `${clamp(share) * 100}%` }} />
                </th>
                {cells.map((cell, i) => (
                  <td key={columns[i + 1]} class="number">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </figure>
  );
}

function clamp(share: number): number {
  return Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
}
