import type { Effects } from '../../effects.ts';
import type { Engine } from '../../engine/engine.ts';
import type { LogSpan } from '../../features/cutoffs.ts';
import { examplesSql, type Label, readExamples } from '../../features/examples.ts';
import type { Feature } from '../../features/feature.ts';
import { dayMillis } from '../../ledger/columns.ts';
import { doublings } from './cutoff-curve.ts';
import { amountOf, type LearningCurve, measureCurve } from './learning-curve.ts';
import { predictWays, type Trial, wholeWay } from './predict-ways.ts';

/** What the examples of a run were made of; the engine's table `ledger` must be that of the log. */
export interface ExampleSource {
  readonly engine: Engine;
  readonly features: readonly Feature[];
  readonly label: Label;
  readonly span: LogSpan;
}

/**
 * The curve over days looked back: the same examples with features of the last 7, 14, 28 … days before the cutoff alone, up to all of the
 * longest history. What was first heard is counted by the whole log.
 */
export async function lookBackCurve(
  trial: Trial,
  { engine, features, label, span }: ExampleSource,
  effects: Effects,
): Promise<LearningCurve> {
  const cutoffs = trial.split.cutoffs.map(({ day }) => day);
  const longest = Math.max(...cutoffs) - Math.floor(span.first / dayMillis);
  const { names: columns } = await engine.query('select * from ledger limit 0');
  const amounts = doublings(7, longest);
  const draws: Float64Array[][] = [];
  for (const days of amounts) {
    const sql = examplesSql(features, cutoffs, label, { days, columns });
    await engine.createTransientAs('looked_back', sql, 'features');
    const rows = await readExamples(engine, 'looked_back', features);
    draws.push(await predictWays([wholeWay(trial)], { ...trial, rows }, effects));
  }
  draws.push(await predictWays([wholeWay(trial)], trial, effects));
  const { validationRows } = trial.split.plan;
  return measureCurve(
    'days looked back',
    [...amounts, longest].map((days, i) => ({
      amount: amountOf(days, validationRows, trial),
      draws: draws[i],
    })),
    trial,
  );
}
