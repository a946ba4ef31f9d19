import { allocate, release } from './blocks.ts';

const leastCapacity: u32 = 1 << 12;

/** Bytes one behind the other, in memory that grows. The host reads the first two fields. */
export class List {
  start: usize = 0;
  bytes: u32 = 0;
  capacity: u32 = 0;

  /** Makes room for some bytes more; gives where they go. */
  push(bytes: u32): usize {
    const end = this.bytes;
    if (end + bytes > this.capacity) this.grow(end + bytes);
    this.bytes = end + bytes;
    return this.start + end;
  }

  /** As long as this is the one that makes it longest, with zeros behind what it had. */
  stretch(bytes: u32): void {
    if (bytes <= this.bytes) return;
    if (bytes > this.capacity) this.grow(bytes);
    memory.fill(this.start + this.bytes, 0, bytes - this.bytes);
    this.bytes = bytes;
  }

  clear(): void {
    this.bytes = 0;
  }

  private grow(bytes: u32): void {
    const old = this.start;
    this.capacity = max(leastCapacity, max(bytes, 2 * this.capacity));
    this.start = allocate(this.capacity);
    if (old === 0) return;
    memory.copy(this.start, old, this.bytes);
    release(old);
  }
}
