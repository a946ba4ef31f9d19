import type { MultilayerPerceptronModel } from '../multilayer-perceptron/model.ts';
import { LARGEST } from '../network/clip.ts';
import type { Graph, Value } from './graph.ts';
import { logistic, silu } from './logistic.ts';
import { termMatrix } from './terms.ts';

/** The log-odds of a network, [rows, 1]. @param features [rows, features], of categories codes, NaN where missing. */
export function networkLogOdds(graph: Graph, model: MultilayerPerceptronModel, features: Value): Value {
  const { terms, clip, embeddings, activation, layers } = model;
  const own = terms.length === 0 ? [] : [termMatrix(graph, terms, features)];
  const clipped = clip === 'smooth' ? own.map((values) => smoothClip(graph, values)) : own;
  const embedded = embeddings.map(({ feature, vectors }) => embedding(graph, feature, vectors, features));
  const inputs = graph.apply('Concat', [...clipped, ...embedded], { axis: 1 });
  return layers.reduce((below, { weights, biases }, depth) => {
    const units = weights.length;
    const inputs = weights[0].length;
    const byInput = Array.from({ length: inputs }, (_, j) => weights.map((unit) => unit[j])).flat();
    const product = graph.apply('MatMul', [below, graph.doubles(byInput, [inputs, units])]);
    const sums = graph.apply('Add', [product, graph.doubles(biases, [1, units])]);
    if (depth === layers.length - 1) return sums;
    return activation === 'logistic' ? logistic(graph, sums) : silu(graph, sums);
  }, inputs);
}

function smoothClip(graph: Graph, values: Value): Value {
  const z = graph.apply('Clip', [values, graph.doubles([-LARGEST]), graph.doubles([LARGEST])]);
  const third = graph.apply('Div', [z, graph.doubles([3])]);
  const square = graph.apply('Mul', [third, third]);
  const root = graph.apply('Sqrt', [graph.apply('Add', [graph.doubles([1]), square])]);
  return graph.apply('Div', [z, root]);
}

/** The vector of each row's level, [rows, dimensions]; the last vector is that of a missing one. */
function embedding(
  graph: Graph,
  feature: number,
  vectors: readonly (readonly number[])[],
  features: Value,
): Value {
  const codes = graph.apply('Gather', [features, graph.integers([feature], [])], { axis: 1 });
  const isMissing = graph.apply('IsNaN', [codes]);
  const filled = graph.apply('Where', [isMissing, graph.doubles([vectors.length - 1]), codes]);
  const table = graph.doubles(vectors.flat(), [vectors.length, vectors[0].length]);
  return graph.apply('Gather', [table, graph.apply('Cast', [filled], { to: INT64 })], { axis: 0 });
}

/** TensorProto's number of 64-bit integers. */
const INT64 = 7;
