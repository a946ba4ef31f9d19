import { type Calibrator, type IsotonicCalibrator, LARGEST_LOG_ODDS } from '../calibration/calibrator.ts';
import type { Graph, Value } from './graph.ts';
import { logistic } from './logistic.ts';

/** The probability that a calibrator makes of log-odds, as `applyCalibrator` does; both [rows, 1]. */
export function calibrated(graph: Graph, calibrator: Calibrator, logOdds: Value): Value {
  const bounded = (low: number, high: number) =>
    graph.apply('Clip', [logOdds, graph.doubles([low]), graph.doubles([high])]);
  const times = (value: Value, factor: number) => graph.apply('Mul', [value, graph.doubles([factor])]);
  switch (calibrator.kind) {
    case 'platt': {
      const scaled = times(bounded(-LARGEST_LOG_ODDS, LARGEST_LOG_ODDS), calibrator.slope);
      return logistic(graph, graph.apply('Add', [scaled, graph.doubles([calibrator.intercept])]));
    }
    case 'beta': {
      const x = bounded(-LARGEST_LOG_ODDS, LARGEST_LOG_ODDS);
      const lost = graph.apply('Log', [logistic(graph, x)]);
      const stayed = graph.apply('Log', [logistic(graph, graph.apply('Neg', [x]))]);
      const sum = graph.apply('Sub', [times(lost, calibrator.a), times(stayed, calibrator.b)]);
      return logistic(graph, graph.apply('Add', [sum, graph.doubles([calibrator.intercept])]));
    }
    case 'isotonic': {
      const { logOdds: points } = calibrator;
      return interpolated(graph, calibrator, bounded(points[0], points[points.length - 1]));
    }
  }
}

/** The point at or below is as many on as there are points behind the first that are not above. */
function interpolated(graph: Graph, { logOdds, probabilities }: IsotonicCalibrator, x: Value): Value {
  const last = logOdds.length - 1;
  const others = graph.doubles(logOdds.slice(1), [1, last]);
  const isReached = graph.apply('Cast', [graph.apply('GreaterOrEqual', [x, others])], { to: INT64 });
  const place = graph.apply('ReduceSum', [isReached, graph.integers([1])], { keepdims: 1 });
  const of = (values: readonly number[]) =>
    graph.apply('Gather', [graph.doubles(values, [values.length]), place], { axis: 0 });
  const gaps = logOdds.map((point, k) => (k < last ? logOdds[k + 1] - point : 1));
  const rises = probabilities.map((p, k) => (k < last ? probabilities[k + 1] - p : 0));
  const share = graph.apply('Div', [graph.apply('Sub', [x, of(logOdds)]), of(gaps)]);
  return graph.apply('Add', [of(probabilities), graph.apply('Mul', [share, of(rises)])]);
}

/** TensorProto's number of 64-bit integers. */
const INT64 = 7;
