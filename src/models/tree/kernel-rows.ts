import type { Test } from './growing.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** What the kernels that grow trees export alike (`kernel/trees/`); addresses are into their memory. */
export interface RowExports {
  readonly memory: KernelMemory;
  freeFrom(): number;
  placeRows(columns: number, rows: number, order: number, scratch: number, marks: number): void;
  part(start: number, end: number, feature: number): number;
}

/** Bins of a feature at most. */
export const MARKS = 256;

/**
 * Parts rows order[start … end − 1] of the kernel into those that go left and, behind them, those that go right; both keep their order.
 * @param marks the kernel's.
 * @returns where the right rows begin.
 */
export function partRows(
  exports: RowExports,
  marks: Uint8Array,
  start: number,
  end: number,
  { feature, bin, isLeft, missingLeft }: Test,
): number {
  if (isLeft) marks.set(isLeft);
  else {
    marks.fill(0);
    marks.fill(1, 1, bin + 1);
    marks[0] = missingLeft ? 1 : 0;
  }
  return exports.part(start, end, feature);
}

/** The bins of so many features, one behind the other. */
export function columnsAt(buffer: ArrayBuffer, at: number, rows: number, features: number): Uint8Array[] {
  return Array.from({ length: features }, (_, f) => new Uint8Array(buffer, at + f * rows, rows));
}
