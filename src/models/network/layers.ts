import { type LayerShape, parameterCount } from './feed-forward.ts';

/** A layer as models keep it. */
export interface Layer {
  /** By unit: a weight for each input. */
  readonly weights: readonly (readonly number[])[];
  /** By unit. */
  readonly biases: readonly number[];
}

/** The shapes of a model's layers and their parameters, as networks run them. @param positions by layer; 1 where absent. */
export function networkOf(
  layers: readonly Layer[],
  positions: readonly number[] = [],
): { shapes: LayerShape[]; parameters: Float64Array } {
  const shapes = layers.map(({ weights }, depth) => ({
    positions: positions[depth] ?? 1,
    inputs: weights[0].length,
    units: weights.length,
  }));
  const parameters = new Float64Array(parameterCount(shapes));
  let at = 0;
  for (const { weights, biases } of layers) {
    for (const unit of weights) {
      parameters.set(unit, at);
      at += unit.length;
    }
    parameters.set(biases, at);
    at += biases.length;
  }
  return { shapes, parameters };
}

/** The layers that parameters stand for, the other way round. */
export function layersOf(shapes: readonly LayerShape[], parameters: Float64Array): Layer[] {
  let at = 0;
  const take = (count: number): number[] => {
    at += count;
    return Array.from(parameters.subarray(at - count, at));
  };
  return shapes.map(({ inputs, units }) => ({
    weights: Array.from({ length: units }, () => take(inputs)),
    biases: take(units),
  }));
}
