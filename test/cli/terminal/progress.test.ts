import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProgressView, plainLine } from '../../../src/cli/terminal/progress.ts';
import type { ProgressEvent } from '../../../src/effects.ts';
import { RecordedScreen } from './recorded-screen.ts';

const reading = (done: number): ProgressEvent => ({ stage: 'reading', done, total: 200e6, unit: 'bytes' });

/** What a view writes for events at given seconds. */
function shown(
  screen: RecordedScreen,
  events: readonly (readonly [seconds: number, event: ProgressEvent])[],
): ProgressView {
  let now = 0;
  const view = new ProgressView(screen, () => now);
  for (const [seconds, event] of events) {
    now = 1000 * seconds;
    view.show(event);
  }
  return view;
}

describe('a plain line', () => {
  test.each<[ProgressEvent, number, string]>([
    [{ stage: 'reading', done: 0, total: 200e6, unit: 'bytes' }, 0, 'reading …'],
    [{ stage: 'reading', done: 50e6, total: 200e6, unit: 'bytes' }, 0.1, 'reading · 25 %'],
    [{ stage: 'reading', done: 50e6, total: 200e6, unit: 'bytes' }, 2, 'reading · 25 % · 25.0 MB/s'],
    [{ stage: 'reading', done: 199_999_999, total: 200e6, unit: 'bytes' }, 2, 'reading · 99 % · 100.0 MB/s'],
    [{ stage: 'reading', done: 9e9, total: 12e9, unit: 'bytes' }, 2, 'reading · 75 % · 4.50 GB/s'],
    [{ stage: 'parsing', done: 3e6, unit: 'bytes' }, 0, 'parsing · 3.0 MB'],
    [{ stage: 'simulating', done: 12_345, unit: 'rows' }, 10, 'simulating · 12,345 rows · 1,235 rows/s'],
    [{ stage: 'fitting', done: 3, total: 24, unit: 'fits' }, 9, 'fitting · 3 of 24 fits'],
    [{ stage: 'features', done: 0.5, total: 1, unit: 'steps' }, 9, 'features · 50 %'],
  ])('of %j after %d s is “%s”', (event, seconds, line) => {
    expect(plainLine(event, seconds)).toBe(line);
  });

  test('never holds what is no number, nor a control character', () => {
    const unit = fc.constantFrom('bytes', 'rows', 'fits', 'steps');
    const amount = fc.nat();
    const event = fc.oneof(
      fc.record({ stage: fc.constant('stage'), done: amount, unit }),
      fc.record({ stage: fc.constant('stage'), done: amount, total: amount, unit }),
    );
    fc.assert(
      fc.property(event, amount, (one, seconds) => {
        expect(plainLine(one, seconds)).toMatch(/^stage( …| · [\d.,]+ [^·]+)( · [\d.,]+ [^·]+\/s)?$/);
      }),
    );
  });
});

describe('progress to a file or a pipe', () => {
  test('tells of each of several stages that run at once by itself', () => {
    const screen = new RecordedScreen(false);
    const begin = (stage: string): ProgressEvent => ({ stage, done: 0, total: 1, unit: 'steps' });
    shown(screen, [
      [0, begin('audit')],
      [0, begin('scores')],
      [1, { ...begin('scores'), done: 0.5 }],
      [2, begin('risk by day')],
      [3, begin('audit')],
      [5, { ...begin('scores'), done: 0.75 }],
    ]);
    expect(screen.text).toBe('audit …\nscores …\nrisk by day …\nscores · 75 %\n');
  });

  test('is a line at the start of a stage and every five seconds', () => {
    const screen = new RecordedScreen(false);
    shown(screen, [
      [0, reading(0)],
      [0.2, reading(10e6)],
      [4.9, reading(90e6)],
      [5, reading(100e6)],
      [5.1, reading(101e6)],
      [5.2, { stage: 'fitting', done: 1, total: 4, unit: 'fits' }],
    ]).clear();
    expect(screen.text).toBe('reading …\nreading · 50 % · 20.0 MB/s\nfitting · 1 of 4 fits\n');
  });
});

describe('progress on a terminal', () => {
  test('is one line that is drawn anew ten times a second at most', () => {
    const screen = new RecordedScreen(true);
    shown(screen, [
      [0, reading(0)],
      [0.05, reading(1e6)],
      [0.1, reading(100e6)],
    ]);
    expect(screen.text.split('\r\x1b[2K').length - 1).toBe(2);
    expect(screen.text).not.toContain('\n');
    expect(screen.line()).toMatch(/^reading +━{30} 50 %$/);
  });

  test('goes away when it is cleared, once', () => {
    const screen = new RecordedScreen(true);
    const view = shown(screen, [[0, reading(100e6)]]);
    view.clear();
    expect(screen.line()).toBe('');
    const before = screen.text;
    view.clear();
    expect(screen.text).toBe(before);
  });

  test('begins its rate anew with a stage', () => {
    const screen = new RecordedScreen(true);
    shown(screen, [
      [0, { stage: 'fitting', done: 1, total: 2, unit: 'fits' }],
      [100, reading(0)],
      [102, reading(50e6)],
    ]);
    expect(screen.line()).toMatch(/25 % · 25\.0 MB\/s$/);
  });

  test.each([1, 10, 20, 30, 40, 80, 300])('fits into %d columns', (columns) => {
    const screen = new RecordedScreen(true, columns);
    shown(screen, [
      [0, reading(1e6)],
      [10, reading(150e6)],
      [11, { stage: 'a stage with a very long name indeed', done: 5, unit: 'rows' }],
    ]);
    for (const line of screen.text.split('\r\x1b[2K')) {
      expect(stripVTControlCharacters(line).length).toBeLessThan(Math.max(columns, 1));
    }
  });
});
