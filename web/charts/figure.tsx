import type { ComponentChildren } from 'preact';
import { type Column, DataTable } from '../tables/data-table.tsx';
import { Disclosure } from '../tables/disclosure.tsx';
import { Legend, type LegendEntry } from './legend.tsx';

interface FigureProps {
  /** The finding, not the subject. */
  readonly title: string;
  /** What is drawn, and in which unit. */
  readonly subtitle?: string;
  readonly legend?: readonly LegendEntry[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/** A chart with its title, its legend and the numbers behind it as a table. */
export function Figure({ title, subtitle, legend, columns, rows, wide, children }: FigureProps) {
  return (
    <figure class={wide ? 'figure wide' : 'figure'}>
      <figcaption>
        <h3>{title}</h3>
        {subtitle && <p class="subtitle">{subtitle}</p>}
      </figcaption>
      {legend && rows.length > 0 && <Legend entries={legend} />}
      {rows.length === 0 ? <p class="empty">Nothing to draw: this run has no such numbers.</p> : children}
      {rows.length > 0 && (
        <Disclosure summary="The numbers">
          <DataTable caption={title} columns={columns} rows={rows} />
        </Disclosure>
      )}
    </figure>
  );
}
