import { checkExamples } from '../examples.ts';
import { historyOf } from '../history.ts';
import type { Learner } from '../learner.ts';
import type { Examples } from '../matrix.ts';
import { layersOf } from '../network/layers.ts';
import { trainNetwork } from '../network/train.ts';
import { parseSettings } from '../settings.ts';
import { createDayReader, dayWidth } from './day-reader.ts';
import { fitChannels } from './fit-channels.ts';
import { convolutionShapes, type TemporalConvolutionModel } from './model.ts';
import { type TemporalConvolutionSettings, temporalConvolutionSchema } from './settings.ts';

/**
 * Dilated causal convolutions that read a user's last days directly, trained like the multilayer perceptron. The features are not
 * looked at.
 */
export const temporalConvolution: Learner<TemporalConvolutionSettings, TemporalConvolutionModel> = {
  name: 'temporal-convolution',
  title: 'Temporal convolution',
  schema: temporalConvolutionSchema,
  defaults: {
    days: 32,
    units: 16,
    dropout: 0.3,
    learningRate: 0.003,
    weightDecay: 0.3,
    batchSize: 64,
    epochs: 15,
    patience: 4,
    validationShare: 0.15,
    classWeight: 'none',
  },
  searchSpace: {
    days: { kind: 'choice', values: [16, 32, 64] },
    units: { kind: 'integer', low: 8, high: 64, scale: 'log' },
    dropout: { kind: 'number', low: 0, high: 0.8, scale: 'linear' },
    learningRate: { kind: 'number', low: 0.0003, high: 0.03, scale: 'log' },
    weightDecay: { kind: 'number', low: 0.01, high: 10, scale: 'log' },
  },
  fit: (examples, settings, seed) => {
    const checked = parseSettings('temporal-convolution', temporalConvolutionSchema, settings);
    checkExamples(examples);
    return fitTemporalConvolution(examples, checked, seed);
  },
};

function fitTemporalConvolution(
  { matrix, ...outcomes }: Examples,
  settings: TemporalConvolutionSettings,
  seed: number,
): TemporalConvolutionModel {
  const history = historyOf(matrix);
  const { days, units } = settings;
  const inputs = { days, channels: fitChannels(history, days) };
  const shapes = convolutionShapes(days, dayWidth(inputs), units);
  const read = createDayReader(inputs, history);
  const input = {
    width: days * dayWidth(inputs),
    initial: () => new Float64Array(0),
    fill: (rows: Int32Array, _own: Float64Array, out: Float64Array) => read(rows, out),
  };
  const parameters = trainNetwork({ shapes, activation: 'silu', input }, outcomes, settings, seed);
  return { kind: 'temporal-convolution', features: [], ...inputs, layers: layersOf(shapes, parameters) };
}
