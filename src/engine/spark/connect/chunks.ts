import { SparkError } from './error.ts';
import type { ExecutePlanResponse_ArrowBatch as ArrowBatch } from './gen/spark/connect/base_pb.ts';

/** A whole Arrow stream, which holds one batch of rows. */
export interface WholeBatch {
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** Puts batches together from the chunks that Spark cuts them into, and checks that none is missing or doubled. */
export class BatchAssembler {
  #rows = 0;
  #chunks: Uint8Array[] = [];

  /**
   * @returns the batch that the chunk completes; undefined when more chunks follow.
   * @throws SparkError when rows or chunks are not the next ones.
   */
  add(batch: ArrowBatch): WholeBatch | undefined {
    const { startOffset, data, chunkIndex = 0n, numChunksInBatch = 1n } = batch;
    if (startOffset !== undefined && startOffset !== BigInt(this.#rows)) {
      throw broken(`rows from ${startOffset} on instead of ${this.#rows}`);
    }
    if (chunkIndex !== BigInt(this.#chunks.length)) {
      throw broken(`chunk ${chunkIndex} of a batch instead of ${this.#chunks.length}`);
    }
    this.#chunks.push(data);
    if (chunkIndex + 1n < numChunksInBatch) return undefined;
    const bytes = this.#chunks.length === 1 ? data : Buffer.concat(this.#chunks);
    const rows = Number(batch.rowCount);
    this.#chunks = [];
    this.#rows += rows;
    return { rows, bytes };
  }

  /** @throws SparkError when the result ended within a batch. */
  end(): void {
    if (this.#chunks.length > 0)
      throw broken(`the end of the result after ${this.#chunks.length} chunks of a batch`);
  }
}

function broken(got: string): SparkError {
  return new SparkError(`Spark's result is broken: it gave ${got}.`, {
    errorClass: 'RESULT_BROKEN',
    messageParameters: {},
  });
}
