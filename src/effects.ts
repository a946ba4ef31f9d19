import { InterruptedError } from './errors.ts';

/** How far a stage of the work has come. `total` is absent where it is not known. */
export interface ProgressEvent {
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'bytes' | 'rows' | 'fits' | 'steps';
}

/** What work needs from the outside world; every function that needs one takes it as its last argument. */
export interface Effects {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly progress: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
  /** Threads that computation may use; never changes a result. */
  readonly threads: number;
}

/** Milliseconds since the epoch with their fractions, by a clock that is never set back: what took time never took none. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

export const silentEffects: Effects = {
  now: preciseNow,
  progress: () => {},
  signal: new AbortController().signal,
  threads: 1,
};

/** @throws InterruptedError when the caller asked to stop. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new InterruptedError('Interrupted: nothing was changed.');
}
