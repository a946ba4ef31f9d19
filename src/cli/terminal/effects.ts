import { type Effects, preciseNow } from '../../effects.ts';
import { ProgressView } from './progress.ts';

/** Effects of a command: the real clock, progress on stderr, Ctrl-C. */
export async function withTerminal<T>(
  signal: AbortSignal,
  threads: number,
  work: (effects: Effects) => Promise<T>,
): Promise<T> {
  const view = new ProgressView(process.stderr, Date.now);
  try {
    return await work({ now: preciseNow, progress: view.show, signal, threads });
  } finally {
    view.clear();
  }
}
