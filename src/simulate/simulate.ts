import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Effects, throwIfAborted } from '../effects.ts';
import { InterruptedError } from '../errors.ts';
import { type LogFile, type LogOutput, openLogOutput } from './log-output.ts';
import { mergeParts } from './merge.ts';
import { localSource, type PartSource, type Task, workerSource } from './part-source.ts';
import type { Share, SlicePart } from './partition.ts';
import type { LogPlan } from './population.ts';
import { planLog, type SimulateOptions } from './simulate-options.ts';
import { expectedRows, planSlices, type Slice } from './slices.ts';
import { statesOf } from './states.ts';
import { type LogCounts, Tally } from './tally.ts';

/** The log that was written, and what the simulator knows of it without reading it. */
export interface SimulateResult extends LogCounts {
  readonly files: readonly LogFile[];
  readonly bytes: number;
}

/**
 * Writes the event log of a fictional music service as JSON lines, in the order of time; lines of the same second
 * stand in the order of their users' numbers. The bytes hang on users, days, start and seed alone, not on threads.
 *
 * Memory grows with the users, not with the days. Progress comes in bytes written, of a total that is reckoned from the slices
 * of time still to come.
 *
 * @throws UsageError for options out of range or a folder in use; EngineError when the storage fails;
 * InterruptedError when the caller aborts. In each case nothing is left behind.
 */
export async function simulate(options: SimulateOptions, effects: Effects): Promise<SimulateResult> {
  const plan = planLog(options);
  throwIfAborted(effects.signal);
  const output = await openLogOutput(options.out);
  const sources: PartSource[] = [];
  try {
    const parts = shares(plan, effects.threads);
    for (const share of parts) {
      sources.push(openSource({ plan, share }, parts.length === 1, effects.signal));
    }
    const counts = await writeSlices(plan, sources, output, effects);
    const files = await output.commit();
    return { ...counts, files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  } finally {
    await Promise.all(sources.map((source) => source.close()));
    await output.discard();
  }
}

/** The sources compute a slice while the one before it is merged and written. */
async function writeSlices(
  plan: LogPlan,
  sources: readonly PartSource[],
  output: LogOutput,
  { signal, progress }: Effects,
): Promise<LogCounts> {
  const slices = planSlices(plan);
  const tally = new Tally(statesOf(plan.scenario));
  let merged = new Uint8Array(0);
  let writing: Promise<void> = Promise.resolve();
  let pending = requestParts(sources, slices[0], noBuffers(sources));
  let spares = noBuffers(sources);
  let bytes = 0;
  for (const [index, slice] of slices.entries()) {
    const parts = await untilAborted(signal, pending);
    await writing;
    if (index + 1 < slices.length) pending = requestParts(sources, slices[index + 1], spares);
    const lines = mergeParts(parts, merged);
    if (parts.length > 1) merged = new Uint8Array(lines.buffer);
    spares = parts.map((part) => new Uint8Array(part.bytes.buffer));
    await output.beginDay(dayName(slice));
    writing = watched(output.write(lines, tally.add(parts)));
    bytes += lines.length;
    const total = Math.round((bytes * slices.length) / (index + 1));
    progress({ stage: 'simulating', done: bytes, total, unit: 'bytes' });
  }
  await writing;
  throwIfAborted(signal);
  return tally.counts();
}

function requestParts(
  sources: readonly PartSource[],
  slice: Slice,
  spares: readonly Uint8Array<ArrayBuffer>[],
): Promise<SlicePart[]> {
  return watched(Promise.all(sources.map((source, i) => source.request(slice, spares[i]))));
}

function noBuffers(sources: readonly PartSource[]): Uint8Array<ArrayBuffer>[] {
  return sources.map(() => new Uint8Array(0));
}

/** Work that is awaited later, if nothing else fails first: a failure of its own is then no unhandled one. */
function watched<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

function openSource(task: Task, alone: boolean, signal: AbortSignal): PartSource {
  if (!alone) return workerSource(task);
  return localSource(task, async () => {
    await nextTurn();
    throwIfAborted(signal);
  });
}

/** Half a second of a thread's work, about what it takes to start one. */
const ROWS_WORTH_A_THREAD = 250_000;

/** Even shares of the accounts, one a thread; a short log is not worth starting many. */
function shares(plan: LogPlan, threads: number): readonly Share[] {
  const { users } = plan;
  const n = Math.max(1, Math.min(threads, users, Math.floor(expectedRows(plan) / ROWS_WORTH_A_THREAD)));
  return Array.from({ length: n }, (_, i) => ({
    first: Math.floor((users * i) / n),
    last: Math.floor((users * (i + 1)) / n),
  }));
}

function dayName({ day }: Slice): string {
  return `${new Date(day * 1000).toISOString().slice(0, 10)}-events.json`;
}

/** @throws InterruptedError at once when the caller aborts, however long the work still takes. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  throwIfAborted(signal);
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new InterruptedError('Interrupted: nothing was changed.'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
