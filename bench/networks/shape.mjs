/** The network that both sides fit; fit_scikit_learn.py says the same. */
export const shape = { hiddenLayers: 1, units: 32, batchSize: 128, epochs: 20, learningRate: 0.001 };
