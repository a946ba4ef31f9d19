import { describe, expect, it } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { EngineError, InterruptedError } from '../../src/errors.ts';
import { runTasks, WorkerPool } from '../../src/threads/pool.ts';

type Task = Readonly<Record<string, number | string>>;

const worker = new URL('./task-worker.js', import.meta.url);
const run = (tasks: readonly Task[], threads = 2, signal = silentEffects.signal) =>
  runTasks<Task, unknown>(worker, undefined, tasks, { threads, signal });

describe('runTasks', () => {
  it.each([1, 2, 3, 20])('gives results in the order of the tasks with %d threads', async (threads) => {
    const tasks = Array.from({ length: 9 }, (_, i) => ({ double: i }));
    expect(await run(tasks, threads)).toEqual(tasks.map(({ double }) => 2 * double));
  });

  it('does not wait for an earlier task before it begins a later one', async () => {
    expect(await run([{ wait: 30 }, { double: 1 }, { double: 2 }])).toEqual(['timed-out', 2, 4]);
  });

  it('counts what is done', async () => {
    const counts: number[] = [];
    const onDone = (done: number) => counts.push(done);
    await runTasks(worker, undefined, [{ double: 1 }, { double: 2 }], {
      threads: 2,
      signal: silentEffects.signal,
      onDone,
    });
    expect(counts).toEqual([1, 2]);
  });

  it('passes on the failure of the foremost task, whichever failed first', async () => {
    for (const threads of [1, 2, 4]) {
      const tasks = [{ double: 1 }, { throw: 'first' }, { throw: 'second' }, { throw: 'third' }];
      await expect(run(tasks, threads)).rejects.toThrow('first');
    }
  });

  it('keeps the stack of the thread that failed', async () => {
    await expect(run([{ throw: 'here' }])).rejects.toMatchObject({
      stack: expect.stringContaining('task-worker.js'),
    });
  });

  it.each([0, 3])('takes a worker that ends with code %d for an error', async (code) => {
    await expect(run([{ double: 1 }, { exit: code }, { double: 2 }])).rejects.toThrow(EngineError);
  });

  it('takes a worker that crashes for an error', async () => {
    const crash = run([{ double: 1 }, { crash: 'outside of any task' }, { wait: 500 }]);
    await expect(crash).rejects.toThrow('A worker thread crashed: outside of any task');
  });

  it('takes a result that cannot be sent for an error', async () => {
    await expect(run([{ double: 1 }, { unsendable: 1 }])).rejects.toThrow(/could not be cloned/);
  });

  it('takes a module that is not there for an error', async () => {
    const missing = new URL('./no-such-worker.js', import.meta.url);
    const options = { threads: 1, signal: silentEffects.signal };
    await expect(runTasks(missing, undefined, [{ double: 1 }], options)).rejects.toThrow(/no-such-worker/);
  });

  it('ends workers in the middle of a task when it is interrupted', async () => {
    const controller = new AbortController();
    const running = run([{ spin: 1 }, { spin: 1 }], 2, controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toThrow(InterruptedError);
  });

  it('starts nothing for no tasks, and nothing when interrupted before', async () => {
    expect(await run([])).toEqual([]);
    await expect(run([{ double: 1 }], 1, AbortSignal.abort())).rejects.toThrow(InterruptedError);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener } = signal;
    signal.addEventListener = (...args: Parameters<AbortSignal['addEventListener']>) => {
      listeners++;
      const [, , options] = args;
      if (typeof options === 'object') options.signal?.addEventListener('abort', () => listeners--);
      addEventListener.apply(signal, args);
    };
    await run([{ double: 1 }], 1, signal);
    expect(listeners).toBe(0);
  });
});

describe('a pool of workers', () => {
  const { signal } = silentEffects;
  const withPool = async (use: (pool: WorkerPool<Task, unknown>) => Promise<void>) => {
    const pool = new WorkerPool<Task, unknown>(worker, undefined, 2);
    await use(pool).finally(() => pool.close());
  };

  it('takes one batch after another, and none', () =>
    withPool(async (pool) => {
      expect(await pool.run([{ double: 1 }, { double: 2 }, { double: 3 }], signal)).toEqual([2, 4, 6]);
      expect(await pool.run([], signal)).toEqual([]);
      expect(await pool.run([{ double: 4 }], signal)).toEqual([8]);
    }));

  it('hands out each result as it comes, with the place of its task', () =>
    withPool(async (pool) => {
      const seen: unknown[] = [];
      await pool.run([{ wait: 30 }, { double: 1 }], signal, (result, index) => seen.push([index, result]));
      expect(seen).toEqual([
        [1, 2],
        [0, 'timed-out'],
      ]);
    }));

  it('fails a batch whose result is not taken', () =>
    withPool(async (pool) => {
      const full = () => {
        throw new Error('disk full');
      };
      await expect(pool.run([{ double: 1 }], signal, full)).rejects.toThrow('disk full');
    }));

  it('refuses another batch when a worker has crashed', () =>
    withPool(async (pool) => {
      await expect(pool.run([{ exit: 3 }], signal)).rejects.toThrow(EngineError);
      await expect(pool.run([{ double: 1 }], signal)).rejects.toThrow('exit code 3');
    }));
});
