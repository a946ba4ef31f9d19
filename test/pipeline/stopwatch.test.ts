import { expect, test } from 'vitest';
import type { ProgressEvent } from '../../src/effects.ts';
import { Stopwatch } from '../../src/pipeline/stopwatch.ts';

/** A stopwatch by a clock that is set by hand, in seconds. */
function stopwatchAt(clock: { seconds: number }) {
  const stages: string[] = [];
  const stopwatch = new Stopwatch({
    now: () => 1000 * clock.seconds,
    progress: ({ stage }: ProgressEvent) => stages.push(stage),
  });
  return { stopwatch, stages };
}

test('a stage that runs alone has all of its time, and what runs between stages nobody’s', async () => {
  const clock = { seconds: 5 };
  const { stopwatch, stages } = stopwatchAt(clock);
  await stopwatch.time('read', async () => {
    clock.seconds = 8;
  });
  clock.seconds = 20;
  await stopwatch.time('learn', async () => {
    clock.seconds = 21.5;
  });
  await stopwatch.time('read', async () => {
    clock.seconds = 22;
  });
  expect(stopwatch.seconds).toEqual({ read: 3.5, learn: 1.5 });
  expect(Object.keys(stopwatch.seconds)).toEqual(['read', 'learn']);
  expect(stages).toEqual(['read', 'learn', 'read']);
});

test('stages that run at the same time share it, so that all of them add up to what passed', async () => {
  const clock = { seconds: 0 };
  const { stopwatch } = stopwatchAt(clock);
  await stopwatch.time('long', async () => {
    clock.seconds = 1;
    await stopwatch.time('short', async () => {
      clock.seconds = 5;
    });
    clock.seconds = 8;
  });
  expect(stopwatch.seconds).toEqual({ long: 1 + 2 + 3, short: 2 });
});

test('a stage that fails ends, and the others go on', async () => {
  const clock = { seconds: 0 };
  const { stopwatch } = stopwatchAt(clock);
  const failing = stopwatch.time('failing', async () => {
    clock.seconds = 2;
    throw new Error('spoilt');
  });
  await expect(failing).rejects.toThrow('spoilt');
  clock.seconds = 3;
  await stopwatch.time('next', async () => {
    clock.seconds = 4;
  });
  expect(stopwatch.seconds).toEqual({ failing: 2, next: 1 });
});
