/**
 * Passes a stream on. While nothing comes, it asks every `quiet` milliseconds whether the server is still there, so that
 * one that hangs is an error and never a wait without end.
 *
 * @param ask throws when the server does not answer.
 */
export async function* whileAlive<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  ask: (signal: AbortSignal) => Promise<unknown>,
  quiet: number,
  signal?: AbortSignal,
): AsyncGenerator<T> {
  const over = new AbortController();
  let dead: { readonly cause: unknown } | undefined;
  let asking = false;
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    try {
      await ask(over.signal);
    } catch (cause) {
      dead ??= { cause };
      over.abort();
    }
    asking = false;
  }, quiet);
  try {
    for await (const item of open(
      signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]),
    )) {
      timer.refresh();
      yield item;
    }
  } catch (cause) {
    throw dead === undefined ? cause : dead.cause;
  } finally {
    clearInterval(timer);
    over.abort();
  }
}
