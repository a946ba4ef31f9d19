import type { Displayed } from './display.ts';
import {
  at,
  colours,
  grey,
  horizontalAxis,
  type Layout,
  picture,
  roomFor,
  text,
  verticalAxis,
} from './frame.ts';
import { linearScale, type Scale } from './scale.ts';

export interface LineChart {
  readonly title: string;
  /** What the axes count. */
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly name: string;
  /** By rising `x`; where `low` and `high` are given, a band shows them. A point that is no number breaks the line. */
  readonly points: readonly LinePoint[];
  /** Dashed, for what is only to compare with. */
  readonly isReference?: boolean;
}

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

const frame: Layout = { width: 640, height: 360, left: 56, right: 0, top: 60, bottom: 46 };

/** Lines over a number, each named at its end, as SVG that a notebook shows. */
export function lineChart({ title, x, y, lines }: LineChart): Displayed {
  const layout = { ...frame, right: roomFor(lines.map(({ name }) => name)) };
  const { width, height, left, right, top, bottom } = layout;
  const points = lines.flatMap((line) => line.points);
  const across = linearScale(
    points.map((point) => point.x),
    left,
    width - right,
  );
  const up = linearScale(
    points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
    height - bottom,
    top,
  );
  return picture(title, layout, [
    ...verticalAxis(up, y, layout),
    ...horizontalAxis(across, x, layout),
    ...lines.flatMap((line, i) =>
      line.points.some(hasBand) ? [drawBand(line, colourOf(line, i), across, up)] : [],
    ),
    ...lines.map((line, i) => drawLine(line, colourOf(line, i), across, up)),
    ...drawNames(lines, width - right + 8, up),
  ]);
}

function drawLine({ points, isReference }: Line, colour: string, across: Scale, up: Scale): string {
  const corners = points.map((point) =>
    isDrawn(point) ? `${at(across.place(point.x))} ${at(up.place(point.y))}` : undefined,
  );
  const path = unbroken(corners).map((run) => `M${run.join('L')}`);
  const dashes = isReference ? ' stroke-dasharray="4 4"' : '';
  return `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`;
}

function drawBand({ points }: Line, colour: string, across: Scale, up: Scale): string {
  const edges = points.map((point) => {
    if (!hasBand(point)) return undefined;
    const x = at(across.place(point.x));
    return { upper: `${x} ${at(up.place(point.high))}`, lower: `${x} ${at(up.place(point.low))}` };
  });
  const path = unbroken(edges).map(
    (run) =>
      `M${[...run.map(({ upper }) => upper), ...run.toReversed().map(({ lower }) => lower)].join('L')}Z`,
  );
  return `<path d="${path.join('')}" fill="${colour}" fill-opacity="0.15"/>`;
}

/** Names beside the last points, moved apart where they would cover each other. */
function drawNames(lines: readonly Line[], x: number, up: Scale): string[] {
  const ends = lines
    .map((line, i) => ({ name: line.name, colour: colourOf(line, i), last: line.points.findLast(isDrawn) }))
    .flatMap(({ name, colour, last }) => (last ? [{ name, colour, y: up.place(last.y) + 4 }] : []))
    .sort((a, b) => a.y - b.y);
  let lowest = Number.NEGATIVE_INFINITY;
  return ends.map(({ name, colour, y }) => {
    lowest = Math.max(y, lowest + 15);
    return text(x, lowest, name, { fill: colour });
  });
}

function colourOf({ isReference }: Line, i: number): string {
  return isReference ? grey : colours[i % colours.length];
}

function isDrawn({ x, y }: LinePoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function hasBand(point: LinePoint): point is LinePoint & Required<LinePoint> {
  return isDrawn(point) && Number.isFinite(point.low) && Number.isFinite(point.high);
}

/** What stands together between items that are missing. */
function unbroken<T>(items: readonly (T | undefined)[]): T[][] {
  const runs: T[][] = [[]];
  for (const item of items) {
    if (item === undefined) runs.push([]);
    else runs[runs.length - 1].push(item);
  }
  return runs.filter((run) => run.length > 0);
}
