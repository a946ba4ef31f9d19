import type { Matrix } from '../models/matrix.ts';
import { type NaiveBayesModel, weighEvidence } from '../models/naive-bayes/model.ts';
import type { Attribution } from './attribution.ts';

/** Contributions in log-odds: the weight of evidence of each feature (Good 1950), counted from the base rate. */
export function attributeNaiveBayes(model: NaiveBayesModel, matrix: Matrix): Attribution {
  const { prior, features } = model;
  return { unit: 'log-odds', base: prior, names: features, columns: weighEvidence(model, matrix) };
}
