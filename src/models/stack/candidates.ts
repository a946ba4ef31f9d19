import { InputError, NothingToLearnError } from '../../errors.ts';
import { countLost } from '../examples.ts';
import type { MemberModel } from '../member.ts';
import { clippedLogOdds } from './log-odds.ts';

/** A model to combine with others. */
export interface StackCandidate {
  /** Fitted on every row; what the combination will predict with. */
  readonly model: MemberModel;
  /** For each label a probability, from a model of the same learner that never saw the row's user. */
  readonly outOfFold: Float64Array;
}

/**
 * The log-odds of each candidate's out-of-fold predictions.
 * @throws InputError when there is no candidate, or predictions are not a probability for each of `rows` rows.
 */
export function outOfFoldLogOdds(candidates: readonly StackCandidate[], rows: number): Float64Array[] {
  if (candidates.length === 0) throw new InputError('There is no model to stack; give at least one.');
  return candidates.map(({ model, outOfFold }) => logOddsOf(model, outOfFold, rows));
}

/** @throws NothingToLearnError when there is no row, or only one of the two outcomes. */
export function checkOutcomes(labels: Uint8Array): void {
  const lost = countLost(labels);
  if (lost > 0 && lost < labels.length) return;
  throw new NothingToLearnError(
    `Of ${labels.length} examples ${lost} are lost: to combine models both outcomes are needed.`,
    { rows: labels.length, lost },
  );
}

/** Every feature that one of the candidates needs. */
export function featuresOf(candidates: readonly StackCandidate[]): string[] {
  return [...new Set(candidates.flatMap(({ model }) => model.features))];
}

function logOddsOf({ kind }: MemberModel, outOfFold: Float64Array, rows: number): Float64Array {
  if (outOfFold.length !== rows) {
    throw new InputError(
      `There are ${outOfFold.length} predictions of a ${kind} model for ${rows} labels; expected one for each.`,
    );
  }
  const bad = outOfFold.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) {
    throw new InputError(
      `The prediction of a ${kind} model for row ${bad} is ${outOfFold[bad]}; expected a probability.`,
      { row: bad },
    );
  }
  return outOfFold.map(clippedLogOdds);
}
