import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { BatchAssembler } from '../../../../src/engine/spark/connect/chunks.ts';
import { ExecutePlanResponse_ArrowBatchSchema as ArrowBatchSchema } from '../../../../src/engine/spark/connect/gen/spark/connect/base_pb.ts';

const batch = (rows: number, data: string, more: { start?: number; chunk?: number; of?: number } = {}) =>
  create(ArrowBatchSchema, {
    rowCount: BigInt(rows),
    data: Buffer.from(data),
    ...(more.start === undefined ? {} : { startOffset: BigInt(more.start) }),
    ...(more.chunk === undefined ? {} : { chunkIndex: BigInt(more.chunk) }),
    ...(more.of === undefined ? {} : { numChunksInBatch: BigInt(more.of) }),
  });

const textOf = (whole: { bytes: Uint8Array } | undefined) => whole && Buffer.from(whole.bytes).toString();

test('a batch that is not cut is whole at once', () => {
  const assembler = new BatchAssembler();
  expect(assembler.add(batch(3, 'abc'))).toEqual({ rows: 3, bytes: Buffer.from('abc') });
  expect(assembler.add(batch(2, 'de', { start: 3, chunk: 0, of: 1 }))?.rows).toBe(2);
  expect(() => assembler.end()).not.toThrow();
});

test('chunks are put together in their order', () => {
  const assembler = new BatchAssembler();
  expect(assembler.add(batch(5, 'ab', { start: 0, chunk: 0, of: 3 }))).toBeUndefined();
  expect(assembler.add(batch(5, 'cd', { start: 0, chunk: 1, of: 3 }))).toBeUndefined();
  const whole = assembler.add(batch(5, 'e', { start: 0, chunk: 2, of: 3 }));
  expect(whole?.rows).toBe(5);
  expect(textOf(whole)).toBe('abcde');
  expect(textOf(assembler.add(batch(1, 'f', { start: 5 })))).toBe('f');
});

test('a lost batch is noticed', () => {
  const assembler = new BatchAssembler();
  assembler.add(batch(5, 'ab', { start: 0 }));
  expect(() => assembler.add(batch(5, 'ab', { start: 10 }))).toThrow(/rows from 10 on instead of 5/);
});

test('a doubled batch is noticed', () => {
  const assembler = new BatchAssembler();
  assembler.add(batch(5, 'ab', { start: 0 }));
  expect(() => assembler.add(batch(5, 'ab', { start: 0 }))).toThrow(/rows from 0 on instead of 5/);
});

test('a lost, doubled or missing chunk is noticed', () => {
  const started = () => {
    const assembler = new BatchAssembler();
    assembler.add(batch(5, 'ab', { start: 0, chunk: 0, of: 3 }));
    return assembler;
  };
  expect(() => started().add(batch(5, 'ab', { start: 0, chunk: 2, of: 3 }))).toThrow(
    /chunk 2 of a batch instead of 1/,
  );
  expect(() => started().add(batch(5, 'ab', { start: 0, chunk: 0, of: 3 }))).toThrow(
    /chunk 0 of a batch instead of 1/,
  );
  expect(() => started().end()).toThrow(/the end of the result after 1 chunks/);
});
