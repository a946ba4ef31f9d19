import type { Matrix } from './matrix.ts';
import { logOddsOfPlainModel, type PlainModel } from './plain-model.ts';
import { type PreparedModel, unwrap } from './preparation/model.ts';

/** A model that is not made of others, and may be a part of a stack. */
export type MemberModel = PlainModel | PreparedModel;

/** The log-odds of each row; see `logOddsOfPlainModel`. */
export function logOddsOfMember(model: MemberModel, matrix: Matrix): Float64Array {
  if (model.kind !== 'prepared') return logOddsOfPlainModel(model, matrix);
  const within = unwrap(model, matrix);
  return logOddsOfPlainModel(within.model, within.matrix);
}
