import type { z } from 'zod';
import type { PlainModel } from '../models/plain-model.ts';
import type { SearchSpace } from '../models/search-space.ts';
import { parseSettings } from '../models/settings.ts';
import type { TrainingSet } from './training-set.ts';

/** Where and how a fit runs. */
export interface FitContext {
  readonly seed: number;
  /** URL of a folder that the cluster can write; what is written there is left to whoever owns the folder. */
  readonly workLocation: string;
  readonly signal: AbortSignal;
}

/** A learner of Spark's whose models are Refrain's. */
export interface ClusterLearner {
  /** What settings and files call it. */
  readonly name: string;
  /** What a reader of the report sees. */
  readonly title: string;
  readonly defaults: Settings;
  readonly searchSpace: SearchSpace;
  /** @throws UsageError when a setting is out of its range; EngineError; InterruptedError. */
  readonly fit: (training: TrainingSet, settings: Settings, context: FitContext) => Promise<PlainModel>;
}

/** Plain values; each learner has a schema for its own. */
export type Settings = Readonly<Record<string, unknown>>;

interface LearnerParts<S extends Settings> {
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType<S>;
  readonly defaults: NoInfer<S>;
  readonly searchSpace: SearchSpace<NoInfer<S>>;
  readonly fit: (training: TrainingSet, settings: S, context: FitContext) => Promise<PlainModel>;
}

/** A learner that takes its settings only as its schema has them. */
export function clusterLearner<S extends Settings>(parts: LearnerParts<S>): ClusterLearner {
  const { name, title, schema, defaults, searchSpace } = parts;
  return {
    name,
    title,
    defaults,
    searchSpace,
    fit: (training, settings, context) => parts.fit(training, parseSettings(name, schema, settings), context),
  };
}
