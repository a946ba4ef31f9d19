import type { ComponentChildren } from 'preact';
import { Cursor, type Mark, type Pick } from './cursor.tsx';
import { useWidth } from './use-width.ts';

export interface Drawing {
  readonly height: number;
  readonly content: ComponentChildren;
  /** What the pointer and the arrow keys can read off, in drawing order. */
  readonly marks: readonly Mark[];
  readonly pick: Pick;
}

interface PlotProps {
  readonly label: string;
  /** Draws for a width in CSS pixels, so that text keeps its size on every screen. */
  readonly draw: (width: number) => Drawing;
}

/** A drawing as wide as its place, with a cursor that reads values off it; nothing when there is nothing to read. */
export function Plot({ label, draw }: PlotProps) {
  const [box, width] = useWidth();
  const { height, content, marks, pick } = draw(width);
  return (
    <div class="plot" ref={box}>
      {marks.length === 0 ? (
        <p class="empty">Nothing to draw: the numbers are missing.</p>
      ) : (
        <>
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {content}
          </svg>
          <Cursor label={label} marks={marks} pick={pick} width={width} />
        </>
      )}
    </div>
  );
}
