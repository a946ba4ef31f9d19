import { serveTasks } from '../../dist/threads/serve.js';

/**
 * A worker that does what a task says: { double }, { throw }, { wait }, { exit }, { crash }, { unsendable },
 * { spin }.
 */
serveTasks((task) => {
  if ('double' in task) return 2 * task.double;
  if ('throw' in task) throw new RangeError(task.throw);
  if ('wait' in task) return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, task.wait);
  if ('exit' in task) process.exit(task.exit);
  if ('unsendable' in task) return () => {};
  if ('crash' in task) crashSoon(task.crash);
  while ('spin' in task);
  return undefined;
});

/** Throws where nothing catches it. */
function crashSoon(message) {
  queueMicrotask(() => {
    throw new Error(message);
  });
}
