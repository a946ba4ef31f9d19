import { InputError } from '../../errors.ts';
import type { Matrix } from '../matrix.ts';

/** @throws InputError for a category, whose codes are no amounts. */
export function checkNumbers(who: string, { names, levels }: Matrix): void {
  const category = levels?.findIndex((own) => own !== undefined) ?? -1;
  if (category < 0) return;
  throw new InputError(
    `${who} takes numbers, and the feature ${JSON.stringify(names[category])} is a category: prepare it, as refrain fit does.`,
    { feature: names[category] },
  );
}
