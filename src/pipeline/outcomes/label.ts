import type { Outcome } from '../../definition/outcomes.ts';
import type { Definition } from '../../definition/schema.ts';
import type { AtRisk, Label } from '../../features/examples.ts';
import { atRiskOf } from '../../features/outcome-times.ts';

/** Of a run's settings what says what is forecast. */
interface Forecasting {
  readonly leadDays: number;
  readonly horizonDays: number;
  readonly definition: Definition;
  readonly outcome?: Outcome | undefined;
}

/** The label of a forecast. */
export function windowLabel(settings: Forecasting): Label {
  const { leadDays, horizonDays } = settings;
  return { kind: 'window', leadDays, horizonDays, atRisk: atRiskIn(settings) };
}

/** Who is at risk of what is forecast; undefined for the definition's loss. */
export function atRiskIn({
  definition,
  outcome,
}: Pick<Forecasting, 'definition' | 'outcome'>): AtRisk | undefined {
  return outcome && atRiskOf(outcome, definition);
}
