import type { z } from 'zod';
import type { Team } from '../threads/team.ts';
import type { Examples } from './matrix.ts';
import type { Model } from './model.ts';
import type { SearchSpace } from './search-space.ts';

/** A way to learn a model from examples. */
export interface Learner<Settings, M extends Model> {
  /** What settings, files and tasks call it. */
  readonly name: string;
  /** What a reader of the report sees. */
  readonly title: string;
  readonly schema: z.ZodType<Settings>;
  readonly defaults: Settings;
  /** What tuning tries; empty where there is nothing to choose. */
  readonly searchSpace: SearchSpace<Settings>;
  /** Whether `fit` shares its work among a team. */
  readonly parallel?: true;
  /**
   * Pure: the same examples, settings and seed give the same model, bit for bit.
   * @param team by default of one; never changes a result.
   * @throws UsageError when a setting is out of its range.
   * @throws InputError when the examples are malformed or hold an infinite value.
   * @throws NothingToLearnError when there is no example, or only one of the two outcomes.
   */
  readonly fit: (examples: Examples, settings: Settings, seed: number, team?: Team) => M;
}
