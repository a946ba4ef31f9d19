import { evidenceOf, type NaiveBayesModel } from '../naive-bayes/model.ts';
import type { Graph, Value } from './graph.ts';

/**
 * The log-odds, [rows, 1], as `logOddsOfNaiveBayes` gives them; at least one feature must say something.
 * @param features [rows, features], NaN where missing.
 */
export function naiveBayesLogOdds(graph: Graph, { prior, normals }: NaiveBayesModel, features: Value): Value {
  const used = normals.flatMap((pair, feature) =>
    pair === null ? [] : [{ feature, ...pair, ...evidenceOf(pair) }],
  );
  const row = (values: readonly number[]) => graph.doubles(values, [1, used.length]);
  const places = graph.integers(used.map(({ feature }) => feature));
  const x = graph.apply('Gather', [features, places], { axis: 1 });
  const squares = (label: 0 | 1) => {
    const distance = graph.apply('Sub', [x, row(used.map(({ means }) => means[label]))]);
    return graph.apply('Mul', [distance, distance]);
  };
  const stayed = graph.apply('Mul', [row(used.map(({ stayed }) => stayed)), squares(0)]);
  const lost = graph.apply('Mul', [row(used.map(({ lost }) => lost)), squares(1)]);
  const constants = row(used.map(({ constant }) => constant));
  const evidence = graph.apply('Sub', [graph.apply('Add', [constants, stayed]), lost]);
  const told = graph.apply('Where', [graph.apply('IsNaN', [x]), graph.doubles([0]), evidence]);
  const ones = graph.doubles(
    used.map(() => 1),
    [used.length, 1],
  );
  return graph.apply('Add', [graph.apply('MatMul', [told, ones]), graph.doubles([prior])]);
}
