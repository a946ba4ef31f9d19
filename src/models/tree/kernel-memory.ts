/** Memory of a WebAssembly module. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * Grows a memory by so many bytes for each name, each beginning a cache line.
 * @param from the first address that is free.
 * @returns where each begins; undefined where 4 GB, or what the machine has left, do not hold them.
 */
export function reserve<Name extends string>(
  memory: KernelMemory,
  from: number,
  sizes: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> | undefined {
  const places: Record<Name, number> = { ...sizes };
  let end = wholeLines(from);
  for (const name in sizes) {
    places[name] = end;
    end += wholeLines(sizes[name]);
  }
  const pages = Math.ceil((end - memory.buffer.byteLength) / PAGE);
  if (end > MOST_BYTES) return undefined;
  try {
    if (pages > 0) memory.grow(pages);
  } catch {
    return undefined;
  }
  return places;
}

/** So many bytes, and as many more as fill a cache line. */
export function wholeLines(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

const PAGE = 65_536;

/** What 32-bit addresses reach, less the last page. */
const MOST_BYTES = 2 ** 32 - PAGE;
