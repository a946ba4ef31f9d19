import { UsageError } from '../../errors.ts';
import type { LogisticRegressionModel } from '../logistic-regression/model.ts';
import type { PlainModel } from '../plain-model.ts';
import { CLIP } from '../stack/log-odds.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { everyRow, type Graph, type Value } from './graph.ts';
import { naiveBayesLogOdds } from './naive-bayes.ts';
import { networkLogOdds } from './network.ts';
import { termMatrix } from './terms.ts';
import { treeSum } from './trees.ts';

/**
 * The log-odds of a model, [rows, 1], as `logOddsOfPlainModel` gives them.
 * @param features [rows, features], of categories codes, NaN where missing.
 * @throws UsageError for a model of sequences.
 */
export function logOdds(graph: Graph, model: PlainModel, features: Value): Value {
  switch (model.kind) {
    case 'logistic-regression':
      return linearLogOdds(graph, model, features);
    case 'random-forest': {
      const share = forestProbability(graph, model, features);
      const p = graph.apply('Clip', [share, graph.doubles([CLIP]), graph.doubles([1 - CLIP])]);
      const rest = graph.apply('Sub', [graph.doubles([1]), p]);
      return graph.apply('Log', [graph.apply('Div', [p, rest])]);
    }
    case 'gradient-boosting':
      return treeSum(graph, { trees: model.trees, first: model.base }, features);
    case 'multilayer-perceptron':
      return networkLogOdds(graph, model, features);
    case 'naive-bayes':
      return model.normals.every((pair) => pair === null)
        ? everyRow(graph, model.prior, features)
        : naiveBayesLogOdds(graph, model, features);
    case 'temporal-convolution':
      throw new UsageError('A temporal convolution has no form in ONNX yet: export it as JSON.');
  }
}

/** The probability that a forest gives, [rows, 1]. */
export function forestProbability(graph: Graph, { trees }: RandomForestModel, features: Value): Value {
  return graph.apply('Div', [treeSum(graph, { trees, first: 0 }, features), graph.doubles([trees.length])]);
}

function linearLogOdds(
  graph: Graph,
  { terms, coefficients, intercept }: LogisticRegressionModel,
  features: Value,
): Value {
  if (terms.length === 0) return everyRow(graph, intercept, features);
  const product = graph.apply('MatMul', [
    termMatrix(graph, terms, features),
    graph.doubles(coefficients, [coefficients.length, 1]),
  ]);
  return graph.apply('Add', [product, graph.doubles([intercept])]);
}
