import type { Definition } from '../definition/schema.ts';
import { literals } from '../engine/sql.ts';
import { type Feature, inWords, ratio, suffix, total, type Window } from './feature.ts';

const theme = 'plan';
const shareWindows: readonly Window[] = [7, 30, 'all'];

/** SQL for the plan of the last day that knows one; an aggregate. */
export const latestPlan = 'max_by(plan, case when plan is not null then day end)';

/** The plan now and before; needs paid plans. */
export function planFeatures(definition: Definition): Feature[] {
  if (definition.columns.plan === undefined || definition.paidPlans.length === 0) return [];
  const paid = literals(definition.paidPlans);
  return [
    {
      name: 'is_paid',
      theme,
      unit: '0/1',
      meaning: 'on a paid plan at the last event',
      formula: 'plan of the last day with one ∈ paid plans',
      sql: `case when ${latestPlan} in ${paid} then 1 else 0 end`,
    },
    {
      name: 'ever_paid',
      theme,
      unit: '0/1',
      meaning: 'had at least one event on a paid plan',
      formula: 'Σ paid_events [all] > 0',
      sql: `case when ${total('paid_events', 'all')} > 0 then 1 else 0 end`,
    },
    ...shareWindows.map(
      (window): Feature => ({
        name: `paid_share_${suffix(window)}`,
        theme,
        unit: 'share',
        meaning: `share of events on a paid plan ${inWords(window)}`,
        formula: `Σ paid_events / Σ events [${suffix(window)}]`,
        sql: ratio(total('paid_events', window), total('events', window)),
      }),
    ),
  ];
}
