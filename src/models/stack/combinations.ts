import type { Examples } from '../matrix.ts';
import { fitBlend } from './blend.ts';
import type { StackCandidate } from './candidates.ts';
import { fitStack } from './learner.ts';
import type { StackModel } from './model.ts';

/** A way to make one model of several. */
export interface Combination {
  /** What a reader of the report sees. */
  readonly title: string;
  readonly fit: (candidates: readonly StackCandidate[], examples: Pick<Examples, 'labels'>) => StackModel;
}

/** Every way, by the name that it goes by in settings. */
export const combinations = {
  stack: { title: 'Stack of the others', fit: fitStack },
  blend: { title: 'Blend of the others', fit: fitBlend },
} as const satisfies Readonly<Record<string, Combination>>;

export type CombinationName = keyof typeof combinations;

/** Whether a name is of a combination. */
export function isCombination<Name extends string>(name: Name): name is Extract<Name, CombinationName> {
  return Object.hasOwn(combinations, name);
}
