import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barChart } from '../../src/notebook/bar-chart.ts';
import { jupyterDisplay } from '../../src/notebook/display.ts';
import { lineChart } from '../../src/notebook/line-chart.ts';
import { linearScale } from '../../src/notebook/scale.ts';

const svgOf = ({ data }: { readonly data: Readonly<Record<string, string>> }) => data['image/svg+xml'];

describe('linearScale', () => {
  it('ends on round values and writes them with the digits that they need', () => {
    const { place, ticks, label } = linearScale([0.52, 0.71], 0, 100);
    expect(ticks.map(label)).toEqual(['0.50', '0.55', '0.60', '0.65', '0.70', '0.75']);
    expect(place(0.5)).toBeCloseTo(0, 9);
    expect(place(0.75)).toBeCloseTo(100, 9);
  });

  it.each([
    [
      [0, 9000],
      ['0', '2,000', '4,000', '6,000', '8,000', '10,000'],
    ],
    [
      [-3, 4],
      ['-4', '-2', '0', '2', '4'],
    ],
    [[7], ['6', '8']],
    [[0], ['0.0', '0.2']],
    [[], ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [
      [Number.NaN, Number.POSITIVE_INFINITY, 1, 2],
      ['1.0', '1.2', '1.4', '1.6', '1.8', '2.0'],
    ],
  ])('of %j has the ticks %j', (values, expected) => {
    const { ticks, label } = linearScale(values, 0, 100);
    expect(ticks.map(label)).toEqual(expected);
  });

  it('holds every value, whatever its size', () => {
    const values = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(values, (held) => {
        const { place, ticks } = linearScale(held, 0, 100);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(9);
        for (const value of held) {
          expect(place(value)).toBeGreaterThan(-1e-6);
          expect(place(value)).toBeLessThan(100 + 1e-6);
        }
      }),
    );
  });
});

describe('lineChart', () => {
  it('draws a line through its points, a band where there are limits, and its name', () => {
    const svg = svgOf(
      lineChart({
        title: 'Learning',
        x: 'users',
        y: 'ROC AUC',
        lines: [
          {
            name: 'forest',
            points: [
              { x: 0, y: 0, low: 0, high: 1 },
              { x: 10, y: 1, low: 0, high: 1 },
            ],
          },
        ],
      }),
    );
    expect(svg).toContain('<path d="M56 314L582 60" fill="none"');
    expect(svg).toContain('<path d="M56 60L582 60L582 314L56 314Z"');
    expect(svg).toContain('>forest</text>');
    expect(svg).toContain('aria-label="Learning"');
  });

  it('is broken where a point is no number, and draws nothing of none', () => {
    const points = [0, 1, Number.NaN, 1, 0].map((y, x) => ({ x, y }));
    const svg = svgOf(lineChart({ title: 't', x: 'x', y: 'y', lines: [{ name: 'a', points }] }));
    expect(svg.match(/<path d="([^"]*)" fill="none"/)?.[1].match(/M/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svgOf(lineChart({ title: 't', x: 'x', y: 'y', lines: [] }))).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('moves names apart that would cover each other', () => {
    const lines = ['a', 'b', 'c'].map((name) => ({ name, points: [{ x: 0, y: 1 }] }));
    const svg = svgOf(lineChart({ title: 't', x: 'x', y: 'y', lines }));
    const heights = [...svg.matchAll(/<text x="604" y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(heights).toHaveLength(3);
    expect(heights[1] - heights[0]).toBeGreaterThanOrEqual(15);
    expect(heights[2] - heights[1]).toBeGreaterThanOrEqual(15);
  });
});

describe('barChart', () => {
  it('draws bars from 0, to the left too, with their intervals', () => {
    const bars = [
      { label: 'up', value: 1, low: 0.5, high: 2 },
      { label: 'down', value: -1 },
      { label: 'unknown', value: Number.NaN, low: Number.NaN, high: Number.NaN },
    ];
    const svg = svgOf(barChart({ title: 't', x: 'gain', bars }));
    expect(svg).toContain('<rect x="236.67" y="44" width="171.67" height="16"');
    expect(svg).toContain('<rect x="65" y="68" width="171.67" height="16"');
    expect(svg.match(/stroke-width="2"/g)).toHaveLength(1);
    expect(svg).toContain('>unknown</text>');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it('is text wherever a name holds markup', () => {
    const title = '<script>alert("1")</script> & co';
    const svg = svgOf(barChart({ title, x: title, bars: [{ label: title, value: 1, group: title }] }));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&#60;script&#62;');
  });

  it('is shown by a notebook', () => {
    const chart = barChart({ title: 't', x: 'x', bars: [] });
    expect(chart[jupyterDisplay]()).toBe(chart.data);
    expect(Object.keys(chart.data)).toEqual(['image/svg+xml', 'text/plain']);
  });
});
