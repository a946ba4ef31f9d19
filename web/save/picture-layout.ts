/** Width of a text in pixels. */
export type Measure = (text: string) => number;

/** Breaks a text into lines of at most `width` pixels at its spaces; a longer word gets a line of its own. */
export function wrap(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Places of things of these widths in lines of `width` pixels, as many on a line as fit, `gap` pixels apart. */
export function flow(widths: readonly number[], width: number, gap: number, lineHeight: number): Place[] {
  let x = 0;
  let y = 0;
  return widths.map((needed) => {
    if (x > 0 && x + needed > width) {
      x = 0;
      y += lineHeight;
    }
    const place = { x, y };
    x += needed + gap;
    return place;
  });
}
