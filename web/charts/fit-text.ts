/** Mean advance of the chart font at 12 px; wide scripts are cut a little late, which the table makes up for. */
const advance = 6.2;

/** Cuts a label to a width in pixels; the whole stands in the tooltip and in the table. */
export function fitText(text: string, width: number): string {
  const room = Math.floor(width / advance);
  const characters = Array.from(text);
  return characters.length <= room ? text : `${characters.slice(0, Math.max(1, room - 1)).join('')}…`;
}

/** Width of the gutter that the longest of the labels needs, at most `most` pixels. */
export function gutterFor(labels: readonly string[], most: number): number {
  const longest = labels.reduce((length, label) => Math.max(length, Array.from(label).length), 0);
  return Math.min(most, Math.ceil(longest * advance) + 14);
}
