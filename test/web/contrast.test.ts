import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

const tokens = await readFile(new URL('../../web/styles/tokens.css', import.meta.url), 'utf8');
const grounds = ['paper', 'surface', 'sunken', 'amber-wash'];
const themes = ['light', 'dark'] as const;

// axe cannot judge text in drawings, over which the cursor lies, so the colours themselves are judged here.
describe.each(themes)('the %s palette', (theme) => {
  test.each(['ink', 'ink-soft', 'ink-faint', 'blue', 'blue-strong', 'vermilion'])(
    '%s is readable as text on every ground that it stands on (WCAG AA, 4.5)',
    (name) => {
      const standsOn = name === 'ink' || name === 'ink-soft' ? grounds : grounds.slice(0, 3);
      for (const ground of standsOn)
        expect(contrast(name, ground, theme), ground).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['blue', 'vermilion', 'grey', 'amber', 'teal', 'purple'])(
    '%s stands out as a mark (WCAG AA, 3)',
    (name) => {
      for (const ground of ['paper', 'surface'])
        expect(contrast(name, ground, theme)).toBeGreaterThanOrEqual(3);
    },
  );
});

/** Contrast ratio after WCAG 2.2. */
function contrast(a: string, b: string, theme: 'light' | 'dark'): number {
  const [x, y] = [luminance(colour(a, theme)), luminance(colour(b, theme))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function colour(name: string, theme: 'light' | 'dark'): number[] {
  const pair = new RegExp(`--${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(tokens);
  if (!pair) throw new Error(`tokens.css has no pair of colours named "${name}".`);
  const hex = pair[theme === 'light' ? 1 : 2];
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

function luminance(channels: number[]): number {
  const [red, green, blue] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
