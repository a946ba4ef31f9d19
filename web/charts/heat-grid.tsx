import { fitText, gutterFor } from './fit-text.ts';
import { type Drawing, Plot } from './plot.tsx';

export interface HeatCell {
  readonly row: number;
  readonly column: number;
  /** 0 is the ground, 1 the full tone. */
  readonly tint: number;
  /** A class of the palette. */
  readonly tone?: string;
  /** Written in the cell; tints stay light then, so that it can be read. */
  readonly text?: string;
  /** Marks a cell that rests on little. */
  readonly hatched?: boolean;
  readonly title: string;
  readonly lines: readonly string[];
}

interface HeatGridProps {
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: readonly { readonly at: number; readonly label: string }[];
  /** How many columns there are; fewer may be labelled. */
  readonly width: number;
  readonly cells: readonly HeatCell[];
  readonly rowHeight?: number;
  /** Columns are labelled upwards, for long names. */
  readonly slanted?: boolean;
  readonly axis?: string;
  /** What the tints mean, from none to full. */
  readonly scale?: TintScale;
}

export interface TintScale {
  readonly from: string;
  readonly to: string;
  /** Tones from the first text to the second, each with its tint. */
  readonly steps: readonly { readonly tone: string; readonly tint: number }[];
}

/** Five even tints of one tone. */
export function evenScale(tone: string, from: string, to: string): TintScale {
  return { from, to, steps: [0, 0.25, 0.5, 0.75, 1].map((tint) => ({ tone, tint })) };
}

/** A grid of tinted cells with named rows. */
export function HeatGrid(props: HeatGridProps) {
  return <Plot label={props.label} draw={(width) => draw(props, width)} />;
}

const top = 4;
const slant = 96;
/** Full tint below a text: any ink can still be read on it. */
const underText = 0.5;

function draw(props: HeatGridProps, width: number): Drawing {
  const { rows, columns, cells, rowHeight = 26, slanted = false, axis, scale } = props;
  const left = gutterFor(rows, width * 0.36);
  const cellWidth = (width - 2 - left) / Math.max(1, props.width);
  const bottom = top + rows.length * rowHeight;
  const labelled = bottom + (slanted ? slant : axis === undefined ? 22 : 40);
  const gap = Math.min(cellWidth, rowHeight) > 12 ? 1 : 0;
  const depth = cells.some(({ text }) => text !== undefined) ? underText : 1;
  const x = (column: number) => left + column * cellWidth;
  const y = (row: number) => top + row * rowHeight;
  return {
    height: labelled + (scale === undefined ? 4 : 30),
    pick: 'xy',
    marks: cells.map(({ row, column, title, lines }) => ({
      x: x(column) + cellWidth / 2,
      y: y(row) + rowHeight / 2,
      title,
      lines,
    })),
    content: (
      <>
        {rows.map((name, row) => (
          <text key={row} class="row-label" x={left - 8} y={y(row) + rowHeight / 2 + 4} text-anchor="end">
            {fitText(name, left - 8)}
          </text>
        ))}
        {cells.map((cell) => (
          <Cell
            key={`${cell.row} ${cell.column}`}
            cell={cell}
            depth={depth}
            x={x(cell.column) + gap}
            y={y(cell.row) + gap}
            width={Math.max(1, cellWidth - 2 * gap)}
            height={rowHeight - 2 * gap}
          />
        ))}
        {columns.map(({ at, label }) => (
          <ColumnLabel key={at} x={x(at) + cellWidth / 2} y={bottom} label={label} slanted={slanted} />
        ))}
        {axis !== undefined && (
          <text class="axis-title" x={width - 2} y={bottom + (slanted ? slant - 4 : 36)} text-anchor="end">
            {axis}
          </text>
        )}
        {scale !== undefined && <TintKey scale={scale} depth={depth} x={left} y={labelled + 10} />}
      </>
    ),
  };
}

interface CellProps {
  readonly cell: HeatCell;
  /** Opacity of the full tint. */
  readonly depth: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function Cell({ cell, depth, x, y, width, height }: CellProps) {
  const { tint, tone = 'stayed', text, hatched } = cell;
  const place = { x, y, width, height, rx: Math.min(2, width / 4) };
  const shade = Number.isFinite(tint) ? Math.max(0, Math.min(1, tint)) : 0;
  return (
    <g class={tone}>
      <rect class="cell" {...place} />
      {shade > 0 && <rect class="fill" {...place} fill-opacity={shade * depth} />}
      {hatched && <path class="hatch" d={hatchPath(x, y, width, height)} />}
      {text !== undefined && width >= 24 && (
        <text class="cell-text" x={x + width / 2} y={y + height / 2 + 4} text-anchor="middle">
          {text}
        </text>
      )}
    </g>
  );
}

/** Diagonals across a box. */
function hatchPath(x: number, y: number, width: number, height: number): string {
  const step = 6;
  const paths: string[] = [];
  for (let offset = step; offset < width + height; offset += step) {
    const [fromX, fromY] = offset <= height ? [x, y + offset] : [x + offset - height, y + height];
    const [toX, toY] = offset <= width ? [x + offset, y] : [x + width, y + offset - width];
    paths.push(`M${fromX},${fromY}L${toX},${toY}`);
  }
  return paths.join('');
}

function ColumnLabel({ x, y, label, slanted }: { x: number; y: number; label: string; slanted: boolean }) {
  if (!slanted)
    return (
      <text x={x} y={y + 17} text-anchor="middle">
        {label}
      </text>
    );
  return (
    <text x={x + 4} y={y + 10} text-anchor="end" transform={`rotate(-50 ${x + 4} ${y + 10})`}>
      {fitText(label, slant * 1.1)}
    </text>
  );
}

/** What the tints mean, left to right. */
function TintKey({ scale, depth, x, y }: { scale: TintScale; depth: number; x: number; y: number }) {
  const begin = x + 9 * scale.from.length + 6;
  return (
    <g class="axis">
      <text x={x} y={y + 11}>
        {scale.from}
      </text>
      {scale.steps.map(({ tone, tint }, i) => (
        <g key={i} class={tone}>
          <rect class="cell" x={begin + i * 22} y={y} width="20" height="14" rx="2" />
          <rect
            class="fill"
            x={begin + i * 22}
            y={y}
            width="20"
            height="14"
            rx="2"
            fill-opacity={tint * depth}
          />
        </g>
      ))}
      <text x={begin + scale.steps.length * 22 + 6} y={y + 11}>
        {scale.to}
      </text>
    </g>
  );
}
