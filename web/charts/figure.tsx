import type { ComponentChildren, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { SaveMenu } from '../save/save-menu.tsx';
import { tableCsv } from '../save/table-csv.ts';
import type { Column, Row } from '../tables/cell.ts';
import { DataTable } from '../tables/data-table.tsx';
import { Disclosure } from '../tables/disclosure.tsx';
import { Legend, type LegendEntry } from './legend.tsx';

interface FigureProps {
  /** Unique on the page: of saved files, and of the element as `figure-…`, for links to it. */
  readonly name: string;
  /** The finding, not the subject. */
  readonly title: string;
  /** What is drawn, and in which unit. */
  readonly subtitle?: string;
  readonly legend?: readonly LegendEntry[];
  /** The numbers behind the drawing, all of them. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly wide?: boolean;
  /** Said when what is shown is a table itself, that needs none behind it. */
  readonly isTable?: boolean;
  readonly children: ComponentChildren;
}

/** What is shown, with its title, its legend, the numbers behind it as a table, and files to save. */
export function Figure(props: FigureProps) {
  const { name, title, subtitle, legend, rows, wide, isTable, children } = props;
  const figure = useRef<HTMLElement>(null);
  return (
    <figure class={wide ? 'figure wide' : 'figure'} id={`figure-${name}`} ref={figure}>
      <figcaption>
        <h3>{title}</h3>
        {subtitle && <p class="subtitle">{subtitle}</p>}
      </figcaption>
      {rows.length === 0 ? (
        !isTable && <p class="empty">Nothing to draw: this run has no such numbers.</p>
      ) : (
        <>
          {legend && <Legend entries={legend} />}
          {children}
          <Foot {...props} figure={figure} />
        </>
      )}
    </figure>
  );
}

function Foot({
  name,
  title,
  columns,
  rows,
  isTable,
  figure,
}: FigureProps & { readonly figure: RefObject<HTMLElement | null> }) {
  return (
    <div class="figure-foot">
      {!isTable && (
        <Disclosure summary="The numbers">
          <DataTable caption={title} columns={columns} rows={rows} />
        </Disclosure>
      )}
      <SaveMenu
        name={name}
        title={title}
        figure={figure}
        isDrawn={!isTable}
        csv={() => tableCsv(columns, rows)}
      />
    </div>
  );
}
