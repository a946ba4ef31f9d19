import type { Random } from '../../random.ts';
import type { Activation } from './activation.ts';
import type { LayerShape } from './feed-forward.ts';

/** What is trained: layers with hidden units of one activation, the last with one unit, and what feeds them. */
export interface NetworkPlan {
  readonly shapes: readonly LayerShape[];
  readonly activation: Activation;
  readonly input: NetworkInput;
}

/** What a network is fed with. */
export interface NetworkInput {
  /** Values a row. */
  readonly width: number;
  /** First values of the parameters that the input itself learns, such as embeddings; they follow the network's. */
  readonly initial: (random: Random) => Float64Array;
  /** Writes the values of some rows, row-major. @param own the input's parameters. */
  readonly fill: (rows: Int32Array, own: Float64Array, out: Float64Array) => void;
  /** Adds what slopes of the values mean for the input's parameters; absent where it learns none. */
  readonly addGradient?: (rows: Int32Array, slopes: Float64Array, gradient: Float64Array) => void;
}
