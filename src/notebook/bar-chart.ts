import type { Displayed } from './display.ts';
import { at, colours, horizontalAxis, type Layout, picture, roomFor, text } from './frame.ts';
import { linearScale } from './scale.ts';

export interface BarChart {
  readonly title: string;
  /** What the bars count. */
  readonly x: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  /** No bar is drawn where it is no number. */
  readonly value: number;
  /** Of an interval, which a line shows. */
  readonly low?: number;
  readonly high?: number;
  /** Bars of one group share a colour; groups are coloured as they come. */
  readonly group?: string;
}

const rowHeight = 24;

/** Bars from 0 on, one below the other, with their intervals, as SVG that a notebook shows. */
export function barChart({ title, x, bars }: BarChart): Displayed {
  const layout: Layout = {
    width: 640,
    height: 40 + bars.length * rowHeight + 46,
    left: roomFor(bars.map(({ label }) => label)),
    right: 60,
    top: 40,
    bottom: 46,
  };
  const { left, width, right, top } = layout;
  const scale = linearScale(
    [0, ...bars.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])],
    left,
    width - right,
  );
  const groups = [...new Set(bars.map(({ group }) => group))];
  return picture(title, layout, [
    ...horizontalAxis(scale, x, layout),
    ...bars.flatMap((bar, i) => {
      const y = top + i * rowHeight;
      const label = text(left - 8, y + 16, bar.label, { anchor: 'end', fill: '#222' });
      if (!Number.isFinite(bar.value)) return [label];
      const colour = colours[groups.indexOf(bar.group) % colours.length];
      const [from, to] = [0, bar.value].map(scale.place).sort((a, b) => a - b);
      return [
        label,
        `<rect x="${at(from)}" y="${y + 4}" width="${at(to - from)}" height="${rowHeight - 8}" fill="${colour}"/>`,
        ...whisker(bar, scale.place, y + rowHeight / 2),
      ];
    }),
  ]);
}

function whisker({ low, high }: Bar, place: (value: number) => number, y: number): string[] {
  if (low === undefined || high === undefined || !Number.isFinite(low) || !Number.isFinite(high)) return [];
  return [
    `<line x1="${at(place(low))}" x2="${at(place(high))}" y1="${y}" y2="${y}" stroke="#222" stroke-width="2"/>`,
  ];
}
