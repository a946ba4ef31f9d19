import { refuse } from './host.ts';
import { tooManyBytes } from './refusal.ts';

const chunk: usize = 1 << 20;
const most: usize = 1 << 30;

let next: usize = 0;
let end: usize = 0;
let taken: usize = 0;

/** Memory that stays where it is, aligned to 16 bytes; 16 more may be read behind it. Ends the tally beyond a gigabyte of it. */
export function reserve(bytes: usize): usize {
  const size = (bytes + 31) & ~15;
  if (next + size > end) {
    taken += max(chunk, size);
    if (taken > most) refuse(tooManyBytes);
    next = heap.alloc(max(chunk, size));
    end = next + max(chunk, size);
  }
  const start = next;
  next += size;
  return start;
}
