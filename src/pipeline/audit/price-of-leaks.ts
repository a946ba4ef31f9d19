import { type Price, priceLeaks } from '../../audit/leak-price.ts';
import { splitWays } from '../../audit/split-ways.ts';
import { dayAfter } from '../../features/cutoffs.ts';
import { type ExampleRows, examplesSql, readExamples } from '../../features/examples.ts';
import type { Feature } from '../../features/feature.ts';
import { learners } from '../../models/learners.ts';
import type { Context } from '../context.ts';
import type { ReadLog } from '../read-log.ts';
import type { LearnSettings } from '../settings.ts';
import { type Split, splitExamples } from '../split.ts';

/**
 * The same gradient boosting, judged over the whole history and, on the test rows of the forecast, by random rows, by user, in time, and by
 * both with an embargo.
 */
export async function priceOfLeaks(
  rows: ExampleRows,
  { plan, groups }: Split,
  features: readonly Feature[],
  settings: Omit<LearnSettings, 'learners' | 'tuning'>,
  log: ReadLog,
  { engine, effects }: Context,
): Promise<Price[]> {
  await engine.createTransientAs('hindsight', examplesSql(features, [dayAfter(log.span)], { kind: 'ever' }));
  const history = await readExamples(engine, 'hindsight', features);
  const whole = splitExamples(history, { ...settings, protocol: 'retrospective', learners: [] });
  const { seed, replicates } = settings;
  const learner = { learner: 'gradient-boosting', settings: learners['gradient-boosting'].defaults } as const;
  return priceLeaks(
    [
      { rows: history, plan: { way: 'retrospective', fits: whole.plan.fits } },
      ...splitWays(rows, plan, foldsOfRows(plan, groups), seed).map((one) => ({ rows, plan: one })),
    ],
    { learner, seed, replicates },
    effects,
  );
}

/** The fold of each row's user; of users without a predicted row the first. */
function foldsOfRows({ fits }: Split['plan'], groups: Int32Array): Int32Array {
  const foldOf = new Map<number, number>();
  for (const { fold, predictRows } of fits) for (const row of predictRows) foldOf.set(groups[row], fold);
  return groups.map((group) => foldOf.get(group) ?? 0);
}
