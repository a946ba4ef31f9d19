import { UsageError } from '../../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { Direction } from '../tree/split-monotone.ts';
import type { GradientBoostingSettings } from './settings.ts';

/**
 * The constraints by feature, or undefined where there is none.
 * @throws UsageError naming a constrained feature that the matrix lacks, or that is a category.
 */
export function directionsOf(
  monotone: GradientBoostingSettings['monotone'],
  { names, levels }: Matrix,
): readonly Direction[] | undefined {
  const constrained = Object.keys(monotone);
  if (constrained.length === 0) return undefined;
  const absent = constrained.find((name) => !names.includes(name));
  if (absent !== undefined) {
    throw new UsageError(`The feature "${absent}", which shall be monotone, is not among the features.`);
  }
  const category = constrained.find((name) => levels?.[names.indexOf(name)]);
  if (category !== undefined) {
    throw new UsageError(
      `The feature "${category}" is a category, which has no order: it cannot be monotone.`,
    );
  }
  return names.map((name) => {
    if (!Object.hasOwn(monotone, name)) return 0;
    return monotone[name] === 'increasing' ? 1 : -1;
  });
}
