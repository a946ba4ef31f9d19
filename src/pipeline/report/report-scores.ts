import type { Definition } from '../../definition/schema.ts';
import { dateOf, type LogSpan } from '../../features/cutoffs.ts';
import { daysBehind, type Feature } from '../../features/feature.ts';
import { roleWords } from '../../features/role-words.ts';
import { dayMillis, roleCount } from '../../ledger/columns.ts';
import type { ReportScores, ReportUserMeasure } from '../../report/report-user.ts';
import type { ScoredUsers } from '../score.ts';

/** What all scores have in common, for the report. @param features whatever a model may read, described. */
export function reportScores(
  { unit, base, medians }: ScoredUsers,
  features: readonly Feature[],
  definition: Definition,
  span: LogSpan,
  day: number,
): ReportScores {
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return {
    day: dateOf(day),
    firstDay: dateOf(Math.floor(span.first / dayMillis)),
    unit,
    base,
    features: Array.from(medians, ([name, median]) => {
      const { meaning = name, unit: measured = '' } = byName.get(name) ?? {};
      const days = daysBehind(name);
      return { name, meaning, unit: measured, ...(days === undefined ? {} : { days }), median };
    }),
    measures: measuresOf(definition),
  };
}

/** Roles that tell of a user's days, and how; others are too rare, or too common, to tell. */
const kindOfRole = {
  play: 'activity',
  like: 'reaction',
  dislike: 'reaction',
  advert: 'reaction',
  error: 'reaction',
  upgrade: 'mark',
  downgrade_visit: 'mark',
  downgrade: 'mark',
} as const;

function measuresOf(definition: Definition): ReportUserMeasure[] {
  const roles = Object.entries(kindOfRole).filter(([role]) => definition.roles[role] !== undefined);
  return [
    { column: 'events', title: 'events', kind: 'activity' },
    ...roles.map(([role, kind]) => ({ column: roleCount(role), title: roleWords(role), kind })),
  ];
}
