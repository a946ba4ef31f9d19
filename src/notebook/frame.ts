import { type Displayed, displayed } from './display.ts';
import { escapeMarkup } from './markup.ts';
import type { Scale } from './scale.ts';

/** Of the whole picture, and of what surrounds the marks, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Okabe and Ito's colours, which the colour-blind can tell apart too. */
export const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

export const grey = '#6b6b6b';

/** Room for the longest of some texts beside the marks; what widths of letters differ by is left over. */
export function roomFor(texts: readonly string[]): number {
  return 16 + 7 * Math.max(4, ...texts.map((text) => [...text].length));
}

/** A picture of its own: on white, so that it can be read on a dark page too. */
export function picture(title: string, { width, height }: Layout, marks: readonly string[]): Displayed {
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeMarkup(title)}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="12" y="22" font-size="14" font-weight="600" fill="#222">${escapeMarkup(title)}</text>`,
    ...marks,
    '</svg>',
  ].join('\n');
  return displayed({ 'image/svg+xml': svg, 'text/plain': title });
}

/** Lines across at the ticks, with their labels on the left, and what the axis counts above. */
export function verticalAxis({ place, ticks, label }: Scale, name: string, layout: Layout): string[] {
  const { left, right, top, width } = layout;
  return [
    ...ticks.map(
      (tick) =>
        `<line x1="${left}" x2="${width - right}" y1="${at(place(tick))}" y2="${at(place(tick))}" stroke="#e4e4e4"/>` +
        text(left - 6, place(tick) + 4, label(tick), { anchor: 'end' }),
    ),
    text(12, top - 10, `↑ ${name}`),
  ];
}

/** Labels of the ticks below, and what the axis counts at the right end. */
export function horizontalAxis({ place, ticks, label }: Scale, name: string, layout: Layout): string[] {
  const { height, bottom, width, right } = layout;
  const base = height - bottom;
  return [
    ...ticks.map(
      (tick) =>
        `<line x1="${at(place(tick))}" x2="${at(place(tick))}" y1="${base}" y2="${base + 4}" stroke="${grey}"/>` +
        text(place(tick), base + 17, label(tick), { anchor: 'middle' }),
    ),
    text(width - right, base + 34, `${name} →`, { anchor: 'end' }),
  ];
}

export function text(
  x: number,
  y: number,
  content: string,
  {
    anchor = 'start',
    fill = grey,
  }: { readonly anchor?: 'start' | 'middle' | 'end'; readonly fill?: string } = {},
): string {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" fill="${fill}">${escapeMarkup(content)}</text>`;
}

/** A place to a hundredth of a pixel. */
export function at(place: number): string {
  return String(Number(place.toFixed(2)));
}
