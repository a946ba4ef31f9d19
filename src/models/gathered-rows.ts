import { type Examples, type Matrix, selectRows } from './matrix.ts';
import { sampleExamples } from './sample-examples.ts';
import { keepBins } from './tree/bins.ts';

/** What says which examples a fit learns from. */
interface Sample {
  readonly trainRows: Int32Array;
  readonly maxExamples?: number | undefined;
  readonly seed: number;
  readonly weighs: boolean;
}

/**
 * The rows of the fit before, gathered for this one too where it is on the same rows of the same examples. No one changes them, so that
 * they are binned once, too.
 */
export class GatheredRows {
  #sample: Sample | undefined;
  #training: Examples | undefined;
  #predictRows: Int32Array | undefined;
  #predicted: Matrix | undefined;

  /** What a fit learns from: `trainRows`, or a sample of them. */
  training(examples: Examples, sample: Sample): Examples {
    if (this.#training !== undefined && this.#sample !== undefined && isSame(this.#sample, sample))
      return this.#training;
    // First, so that what is gathered for two fits never takes memory at once.
    this.#training = undefined;
    const { trainRows, maxExamples = Number.POSITIVE_INFINITY, seed, weighs } = sample;
    const training = sampleExamples(examples, trainRows, maxExamples, seed, weighs);
    keepBins(training.matrix);
    this.#sample = sample;
    this.#training = training;
    return training;
  }

  predicted(matrix: Matrix, rows: Int32Array): Matrix {
    if (this.#predicted !== undefined && this.#predictRows !== undefined && isEqual(this.#predictRows, rows))
      return this.#predicted;
    this.#predicted = undefined;
    const predicted = selectRows(matrix, rows);
    this.#predictRows = rows;
    this.#predicted = predicted;
    return predicted;
  }
}

function isSame(a: Sample, b: Sample): boolean {
  const isAlike = a.maxExamples === b.maxExamples && a.seed === b.seed && a.weighs === b.weighs;
  return isAlike && isEqual(a.trainRows, b.trainRows);
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}
