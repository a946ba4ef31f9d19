import { fillTerm, type Term } from '../logistic-regression/preparation.ts';
import { smoothClip } from '../network/clip.ts';
import type { TreeInputs } from '../tree/inputs.ts';

/** How a network's inputs are made from features. */
export interface PerceptronInputs extends TreeInputs {
  /** The network's first inputs, made from the features that are numbers; fitted on the training rows. */
  readonly terms: readonly Term[];
  /** What becomes of a term z: itself, or its smooth clip z / √(1 + (z/3)²), which no outlier takes beyond ±3. */
  readonly clip: Clip;
  /** The inputs after the terms. */
  readonly embeddings: readonly Embedding[];
}

type Clip = 'none' | 'smooth';

/** A category as a learned vector a level (Guo and Berkhahn 2016). */
export interface Embedding {
  readonly feature: number;
  /** By level, and after them the one of a missing or unknown level; all of one length. */
  readonly vectors: readonly (readonly number[])[];
}

/** How many values a row feeds the network. */
export function inputWidth({ terms, embeddings }: Pick<PerceptronInputs, 'terms' | 'embeddings'>): number {
  return embeddings.reduce((sum, { vectors }) => sum + vectors[0].length, terms.length);
}

/** Writes what some rows feed the network, row-major. @param columns by feature, of categories codes or NaN. */
export function fillInputs(
  model: Pick<PerceptronInputs, 'terms' | 'clip' | 'embeddings'>,
  columns: readonly Float64Array[],
  rows: Int32Array,
  out: Float64Array,
): void {
  const width = inputWidth(model);
  fillTerms(model, columns, rows, width, out);
  let at = model.terms.length;
  for (const { feature, vectors } of model.embeddings) {
    const codes = columns[feature];
    for (let i = 0; i < rows.length; i++) {
      out.set(vectors[vectorOf(codes[rows[i]], vectors.length)], i * width + at);
    }
    at += vectors[0].length;
  }
}

/** The place of a level's vector among those of a category; the last is that of a missing or unknown level. */
export function vectorOf(code: number, vectors: number): number {
  return Number.isNaN(code) ? vectors - 1 : code;
}

/** Writes the terms of some rows to the first places of each row of `width` values. */
export function fillTerms(
  { terms, clip }: Pick<PerceptronInputs, 'terms' | 'clip'>,
  columns: readonly Float64Array[],
  rows: Int32Array,
  width: number,
  out: Float64Array,
): void {
  const picked = new Float64Array(rows.length);
  const values = new Float64Array(rows.length);
  terms.forEach((term, k) => {
    const column = columns[term.feature];
    for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i]];
    fillTerm(term, picked, 0, rows.length, values, 0);
    for (let i = 0; i < rows.length; i++) {
      out[i * width + k] = clip === 'smooth' ? smoothClip(values[i]) : values[i];
    }
  });
}
