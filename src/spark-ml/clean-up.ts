/** Cleans up after work, whatever becomes of it. The error that is seen is the work's, if it has one. */
export async function cleanUp<T>(work: () => Promise<T>, clean: () => Promise<void>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await clean().catch(() => {});
    throw error;
  }
  await clean();
  return result;
}
