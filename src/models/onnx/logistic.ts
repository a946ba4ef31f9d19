import type { Graph, Value } from './graph.ts';

/** 1 / (1 + e⁻ˣ), in these operators: the Sigmoid of ONNX Runtime is right to 3e-10 alone. */
export function logistic(graph: Graph, x: Value): Value {
  return graph.apply('Div', [graph.doubles([1]), onePlusExp(graph, x)]);
}

/** x / (1 + e⁻ˣ): as x · σ(x), ONNX Runtime 1.23 fuses it into an operator that it has for single precision alone. */
export function silu(graph: Graph, x: Value): Value {
  return graph.apply('Div', [x, onePlusExp(graph, x)]);
}

function onePlusExp(graph: Graph, x: Value): Value {
  return graph.apply('Add', [graph.doubles([1]), graph.apply('Exp', [graph.apply('Neg', [x])])]);
}
