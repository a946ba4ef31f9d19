import type { Effects } from '../effects.ts';
import { type FeatureSummary, summariseAttributions } from '../explanation/attribution-summary.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import type { ExampleRows } from '../features/examples.ts';
import { attributeSample } from './attribute-sample.ts';
import { type FeatureEffects, featureEffects } from './feature-effects.ts';
import { type FoldCoefficients, foldCoefficients } from './fold-coefficients.ts';
import { featureImportance } from './importance.ts';
import type { Learned } from './learn.ts';
import { sampleTestRows } from './test-sample.ts';

/** What the chosen model does with its features, on test rows. */
export interface Explained extends FeatureEffects {
  /** Most important first. */
  readonly importance: readonly PermutationImportance[];
  readonly attributions: {
    readonly unit: 'log-odds' | 'probability';
    readonly rows: number;
    /** Strongest first. */
    readonly features: readonly FeatureSummary[];
  };
  /** Of each linear model. */
  readonly coefficients: readonly FoldCoefficients[];
}

const maxRows = 2000;
const replicates = 200;
const summarised = 12;
/** As many test rows are told one by one; more are told in as many parts. */
const parts = 200;

/** Explains by at most 2,000 test rows, each by the model that never saw its user. */
export async function explainLearned(
  learned: Learned,
  rows: ExampleRows,
  seed: number,
  effects: Pick<Effects, 'threads' | 'signal'>,
): Promise<Explained> {
  const sample = sampleTestRows(learned, rows, maxRows, { replicates, seed });
  const attributions = attributeSample(sample);
  const importance = await featureImportance(sample, attributions, effects);
  return {
    importance,
    ...featureEffects(learned, rows, importance, seed),
    attributions: {
      unit: attributions.unit,
      rows: sample.matrix.rows,
      features: summariseAttributions(attributions, attributions.valuesOf, summarised, parts),
    },
    coefficients: foldCoefficients(learned),
  };
}
