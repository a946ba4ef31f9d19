import { describe, expect, it } from 'vitest';
import { TaskQueue } from '../../src/threads/task-queue.ts';

const byLetter = (task: string) => task[0];
const all = Number.POSITIVE_INFINITY;

describe('the queue of tasks', () => {
  it('hands out tasks in their order where they have one key', () => {
    const queue = new TaskQueue(['x', 'y', 'z'], () => undefined);
    expect([queue.take(undefined, all), queue.take(0, all), queue.take(1, all)]).toEqual([0, 1, 2]);
    expect(queue.take(2, all)).toBeUndefined();
  });

  it('lets a taker go on with the key of its last task', () => {
    const queue = new TaskQueue(['a1', 'b1', 'a2', 'b2'], byLetter);
    expect([queue.take(undefined, all), queue.take(undefined, all)]).toEqual([0, 1]);
    expect([queue.take(1, all), queue.take(0, all)]).toEqual([3, 2]);
  });

  it('begins with a key that nobody has begun before it shares one', () => {
    const queue = new TaskQueue(['a1', 'a2', 'b1'], byLetter);
    expect(queue.take(undefined, all)).toBe(0);
    expect(queue.take(undefined, all)).toBe(2);
    expect(queue.take(2, all)).toBe(1);
  });

  it('hands out no task behind the end', () => {
    const queue = new TaskQueue(['a1', 'b1', 'a2'], byLetter);
    expect(queue.take(undefined, 2)).toBe(0);
    expect(queue.take(0, 2)).toBe(1);
    expect(queue.take(1, 2)).toBeUndefined();
  });

  it('has nothing to hand out of no tasks', () => {
    expect(new TaskQueue([], byLetter).take(undefined, all)).toBeUndefined();
  });
});
