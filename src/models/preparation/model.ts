import type { Matrix } from '../matrix.ts';
import type { PlainModel } from '../plain-model.ts';
import { type Preparation, prepare } from './preparation.ts';

/** A model of columns that are made from those of a table. */
export interface PreparedModel {
  readonly kind: 'prepared';
  /** The columns of the table: the names of the preparation's inputs. */
  readonly features: readonly string[];
  readonly preparation: Preparation;
  /** Its features are the preparation's columns. */
  readonly model: PlainModel;
}

/** The model within, and what it is to predict from. */
export function unwrap(prepared: PreparedModel, matrix: Matrix): { model: PlainModel; matrix: Matrix } {
  return { model: prepared.model, matrix: prepare(prepared.preparation, matrix) };
}
