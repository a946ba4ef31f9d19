import { useState } from 'preact/hooks';

/** A place on a chart that can be read off. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Which distance finds the mark nearest to the pointer: along x, along y, or both. */
export type Pick = 'x' | 'y' | 'xy';

interface CursorProps {
  readonly label: string;
  readonly marks: readonly Mark[];
  readonly pick: Pick;
  readonly width: number;
}

const tipWidth = 216;

/** Reads marks off a chart by pointer, touch or arrow keys. To a screen reader it is a slider over the marks. */
export function Cursor({ label, marks, pick, width }: CursorProps) {
  const [index, setIndex] = useState(-1);
  const at = Math.min(index, marks.length - 1);
  const mark = marks[at];
  const point = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    setIndex(nearest(marks, event.clientX - box.left, event.clientY - box.top, pick));
  };
  const press = (event: KeyboardEvent) => {
    const next = afterKey(event.key, at, marks.length);
    if (next === undefined) return;
    event.preventDefault();
    setIndex(next);
  };
  return (
    <div
      class="cursor"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={marks.length}
      aria-valuenow={Math.max(at, 0) + 1}
      aria-valuetext={mark ? [mark.title, ...mark.lines].join(', ') : 'Use the arrow keys to read the values'}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setIndex(-1)}
      onBlur={() => setIndex(-1)}
      onKeyDown={press}
    >
      {mark && pick === 'x' && <span class="rule" style={{ left: `${mark.x}px` }} />}
      {mark && <Tip mark={mark} width={width} />}
    </div>
  );
}

function Tip({ mark, width }: { mark: Mark; width: number }) {
  const left = Math.max(0, Math.min(mark.x - tipWidth / 2, width - tipWidth));
  return (
    <>
      <span class="ring" style={{ left: `${mark.x}px`, top: `${mark.y}px` }} />
      <div
        class="tip"
        style={{ left: `${left}px`, top: `${mark.y}px`, width: `${Math.min(tipWidth, width)}px` }}
      >
        <strong>{mark.title}</strong>
        {mark.lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </div>
    </>
  );
}

function nearest(marks: readonly Mark[], x: number, y: number, pick: Pick): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < marks.length; i++) {
    const dx = pick === 'y' ? 0 : marks[i].x - x;
    const dy = pick === 'x' ? 0 : marks[i].y - y;
    const distance = dx * dx + dy * dy;
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

function afterKey(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return key === 'Escape' ? -1 : undefined;
}
