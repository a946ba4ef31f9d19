import { UsageError } from '../../errors.ts';
import {
  type Preparation,
  type PreparationInput,
  type PreparedColumn,
  UNKNOWN,
} from '../preparation/preparation.ts';
import type { Scaling } from '../preparation/scaling.ts';
import type { Graph, Value } from './graph.ts';
import { codeColumn, numberColumn, type OnnxInputs, sideBySide } from './inputs.ts';

/**
 * The columns that a preparation makes, as `prepare` does, [rows, columns].
 * @throws UsageError for quantile scaling to a normal distribution, which ONNX has no operators for.
 */
export function preparedMatrix(
  graph: Graph,
  inputs: OnnxInputs,
  { inputs: sources, columns }: Preparation,
): Value {
  const values = sources.map((source) => sourceColumn(graph, inputs, source));
  return sideBySide(
    graph,
    columns.map((column) => preparedColumn(graph, column, values[column.input])),
  );
}

function sourceColumn(graph: Graph, inputs: OnnxInputs, { name, levels }: PreparationInput): Value {
  return levels === undefined
    ? numberColumn(graph, inputs, name)
    : codeColumn(graph, inputs, name, levels, UNKNOWN);
}

function preparedColumn(graph: Graph, column: PreparedColumn, source: Value): Value {
  switch (column.part) {
    case 'value': {
      const { fill, scaling } = column;
      const filled = fill === null ? source : replaceMissing(graph, source, fill);
      return scaled(graph, scaling, filled, column.name);
    }
    case 'missing':
      return flag(graph, graph.apply('IsNaN', [source]));
    case 'level':
      return flag(graph, graph.apply('Equal', [source, graph.doubles([column.level])]));
    case 'rate': {
      const { rates, missing, overall } = column;
      const known = replaceMissing(graph, source, rates.length);
      const isUnknown = graph.apply('Equal', [source, graph.doubles([UNKNOWN])]);
      const place = graph.apply('Where', [isUnknown, graph.doubles([rates.length + 1]), known]);
      const table = graph.doubles([...rates, missing, overall], [rates.length + 2]);
      return graph.apply('Gather', [table, graph.apply('Cast', [place], { to: INT64 })], { axis: 0 });
    }
    case 'code': {
      const isUnknown = graph.apply('Equal', [source, graph.doubles([UNKNOWN])]);
      return graph.apply('Where', [isUnknown, graph.doubles([Number.NaN]), source]);
    }
  }
}

function scaled(graph: Graph, scaling: Scaling, x: Value, name: string): Value {
  switch (scaling.kind) {
    case 'none':
      return x;
    case 'linear':
      return standardised(graph, x, scaling);
    case 'log':
      return graph.apply('Mul', [graph.apply('Sign', [x]), logOnePlus(graph, graph.apply('Abs', [x]))]);
    case 'yeo-johnson':
      return standardised(graph, yeoJohnson(graph, x, scaling.lambda), scaling);
    case 'quantile':
      throw new UsageError(
        `The column "${name}" is scaled by quantiles, which has no form in ONNX: export the model as JSON, or fit with another scaling.`,
        { column: name },
      );
  }
}

function standardised(graph: Graph, x: Value, { center, scale }: { center: number; scale: number }): Value {
  return graph.apply('Div', [graph.apply('Sub', [x, graph.doubles([center])]), graph.doubles([scale])]);
}

/** Each side is computed where x lies on it, and at 0 elsewhere. */
function yeoJohnson(graph: Graph, x: Value, lambda: number): Value {
  const zero = graph.doubles([0]);
  const above = power(graph, logOnePlus(graph, graph.apply('Max', [x, zero])), lambda);
  const below = power(
    graph,
    logOnePlus(graph, graph.apply('Neg', [graph.apply('Min', [x, zero])])),
    2 - lambda,
  );
  return graph.apply('Sub', [above, below]);
}

/** (e^(λ · log) − 1) / λ, or the logarithm itself where λ is 0. */
function power(graph: Graph, log: Value, lambda: number): Value {
  if (lambda === 0) return log;
  const power = graph.apply('Exp', [graph.apply('Mul', [log, graph.doubles([lambda])])]);
  return graph.apply('Div', [graph.apply('Sub', [power, graph.doubles([1])]), graph.doubles([lambda])]);
}

function logOnePlus(graph: Graph, x: Value): Value {
  return graph.apply('Log', [graph.apply('Add', [x, graph.doubles([1])])]);
}

function replaceMissing(graph: Graph, x: Value, fill: number): Value {
  return graph.apply('Where', [graph.apply('IsNaN', [x]), graph.doubles([fill]), x]);
}

function flag(graph: Graph, condition: Value): Value {
  return graph.apply('Where', [condition, graph.doubles([1]), graph.doubles([0])]);
}

/** TensorProto's number of 64-bit integers. */
const INT64 = 7;
