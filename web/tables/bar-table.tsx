import { Figure } from '../charts/figure.tsx';
import { type Cell, type Column, isNumeric, shown } from './cell.ts';

interface BarTableProps {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  /** Of the name and of the cells. */
  readonly columns: readonly Column[];
  readonly rows: readonly {
    readonly name: string;
    /** Length of the bar, 0…1 of its place. */
    readonly share: number;
    readonly cells: readonly Cell[];
  }[];
}

/** A table that is its own bar chart. */
export function BarTable({ name, title, subtitle, columns, rows }: BarTableProps) {
  return (
    <Figure
      name={name}
      title={title}
      subtitle={subtitle}
      isTable
      columns={columns}
      rows={rows.map((row) => [row.name, ...row.cells])}
    >
      <table class="data bars">
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" class={isNumeric(column) ? 'number' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              <th scope="row" class="named">
                <span class="name">{row.name}</span>
                <span class="bar" style={{ width: `${clamp(row.share) * 100}%` }} />
              </th>
              {row.cells.map((cell, j) => (
                <td key={columns[j + 1].title} class="number">
                  {shown(cell, columns[j + 1])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Figure>
  );
}

function clamp(share: number): number {
  return Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
}
