import { refuse } from './host.ts';
import { tooManyBytes, tooMuchMemory } from './refusal.ts';

const cacheLine: usize = 64;

/** The heap gives no block of a gigabyte, and ends by a trap where its four are at an end. */
const largestBlock: u64 = 1_000_000_000;
const largestHeap: u64 = 3_500_000_000;
let live: u64 = 0;

/** Memory at the beginning of a cache line; 16 bytes more may be read behind it. Ends the tally where there is none. */
export function allocate(bytes: usize): usize {
  live += bytes;
  if (<u64>bytes > largestBlock || live > largestHeap) refuse(tooMuchMemory);
  const block = heap.alloc(bytes + 2 * cacheLine);
  const start = (block + cacheLine) & ~(cacheLine - 1);
  store<usize>(start - sizeof<usize>(), block);
  store<usize>(start - 2 * sizeof<usize>(), bytes);
  return start;
}

/** As `allocate`, with zeros in it. */
export function zeros(bytes: usize): usize {
  const start = allocate(bytes);
  memory.fill(start, 0, bytes);
  return start;
}

/** Gives back what `allocate` gave. */
export function release(start: usize): void {
  live -= load<usize>(start - 2 * sizeof<usize>());
  heap.free(load<usize>(start - sizeof<usize>()));
}

const chunk: usize = 1 << 20;
const most: usize = 1 << 30;

let next: usize = 0;
let end: usize = 0;
let taken: usize = 0;

/** Memory that is never given back, aligned to 16 bytes; 16 more may be read behind it. Ends the tally beyond a gigabyte of it. */
export function reserve(bytes: usize): usize {
  const size = (bytes + 15) & ~15;
  if (next + size > end) {
    const wanted = max(chunk, size);
    taken += wanted;
    if (taken > most) refuse(tooManyBytes);
    // What is fetched before its length is known may end behind it.
    next = allocate(wanted + 512);
    end = next + wanted;
  }
  const start = next;
  next += size;
  return start;
}
