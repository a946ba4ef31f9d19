import { historyOf } from '../history.ts';
import type { Matrix } from '../matrix.ts';
import { FeedForward, type LayerShape } from '../network/feed-forward.ts';
import { type Layer, networkOf } from '../network/layers.ts';
import { createDayReader, type DayInputs, dayWidth } from './day-reader.ts';

/**
 * Dilated causal convolutions over a user's last days (van den Oord et al. 2016; Bai, Kolter and Koltun 2018): each reads two
 * outputs of the one below, 1, 2, 4, … days apart, and has sigmoid linear units; on the last one's output of the last day stands
 * one linear unit, whose output is the log-odds. Only what that one day depends on is computed, which are pairs of days, pairs
 * of pairs, and so on: so each convolution is a dense layer that stands at half as many places as the one below.
 */
export interface TemporalConvolutionModel extends DayInputs {
  readonly kind: 'temporal-convolution';
  /** None: it reads days, and no column of the matrix. */
  readonly features: readonly string[];
  /** One for each halving of the days, and the linear unit. */
  readonly layers: readonly Layer[];
}

/** Rows that pass the network together. */
const BLOCK = 64;

/** The log-odds of each row. @throws InputError when the matrix has no history, or one without the model's channels. */
export function logOddsOfTemporalConvolution(model: TemporalConvolutionModel, matrix: Matrix): Float64Array {
  const read = createDayReader(model, historyOf(matrix));
  const network = networkOfDays(model, BLOCK);
  const input = new Float64Array(BLOCK * model.days * dayWidth(model));
  const logOdds = new Float64Array(matrix.rows);
  for (let start = 0; start < matrix.rows; start += BLOCK) {
    const rows = Int32Array.from({ length: Math.min(BLOCK, matrix.rows - start) }, (_, i) => start + i);
    read(rows, input);
    logOdds.set(network.forward(input, rows.length), start);
  }
  return logOdds;
}

/** The model's network, with room for some rows. */
export function networkOfDays({ days, layers }: TemporalConvolutionModel, capacity: number): FeedForward {
  const { shapes, parameters } = networkOf(layers, placesOfLayers(days));
  return new FeedForward(shapes, parameters, 'silu', capacity);
}

/** The layers for so many days, a power of two. @param width numbers a day. */
export function convolutionShapes(days: number, width: number, units: number): LayerShape[] {
  const places = placesOfLayers(days);
  return places.map((positions, depth) =>
    depth === places.length - 1
      ? { positions, inputs: units, units: 1 }
      : { positions, inputs: 2 * (depth === 0 ? width : units), units },
  );
}

/** days / 2, days / 4, … 1, and the linear unit's 1. */
function placesOfLayers(days: number): number[] {
  const places: number[] = [];
  for (let left = days / 2; left >= 1; left /= 2) places.push(left);
  return [...places, 1];
}
