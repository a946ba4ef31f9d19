/** Waits for all of them, also when one fails, since the others still use what the failure would take away. @throws what the foremost that failed threw. */
export async function atOnce<T extends readonly Promise<unknown>[]>(
  tasks: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(tasks);
  return Promise.all(tasks);
}
