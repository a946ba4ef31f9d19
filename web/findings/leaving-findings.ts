import type {
  ReportBeforeLoss,
  ReportCohorts,
  ReportGroupSurvival,
  ReportIncidence,
} from '../../src/report/report-leaving.ts';
import { formatSpan } from '../words/date.ts';
import { formatCount, formatMetric, formatShare } from '../words/number.ts';
import { counted, plural } from '../words/plural.ts';

/** Below this, that all groups are lost alike is hard to believe. */
const clear = 0.05;

export function groupSurvivalFinding({ attribute, p, groups }: ReportGroupSurvival): string {
  if (!Number.isFinite(p)) return `By ${attribute}: staying could not be compared`;
  const value = p < 0.001 ? 'p < 0.001' : `p = ${formatMetric(p)}`;
  if (p >= clear) return `By ${attribute}, staying does not differ clearly (${value})`;
  const last = groups.map(({ value: name, curve }) => ({
    name,
    staying: curve.share[curve.share.length - 1],
  }));
  const least = last.reduce((low, one) => (one.staying < low.staying ? one : low));
  return `By ${attribute}, staying differs (${value}); of “${least.name}” ${formatShare(least.staying)} stay to the end`;
}

/** What came first to most users, and to how many. */
export function incidenceFinding(incidence: readonly ReportIncidence[]): string {
  const ends = incidence.map(({ outcome, curve }) => ({
    outcome,
    share: curve.share[curve.share.length - 1],
  }));
  const known = ends.filter(({ share }) => Number.isFinite(share)).sort((a, b) => b.share - a.share);
  if (known.length === 0) return 'What comes first to users is not known';
  const [first, ...others] = known;
  const rest = others.map(({ outcome, share }) => `${outcome} to ${formatShare(share)}`).join(', ');
  return `To ${formatShare(first.share)} of users a ${first.outcome} comes first${rest && `; ${rest}`}`;
}

/** The share that so many actions are of all that have a role. */
export function shareOfActions({ roles }: ReportBeforeLoss): (actions: number) => number {
  const all = roles.reduce((sum, { actions }) => sum + actions, 0);
  return (actions) => (all === 0 ? Number.NaN : actions / all);
}

export function beforeLossFinding(beforeLoss: ReportBeforeLoss, loss: string): string {
  const { roles, lost } = beforeLoss;
  if (lost === 0 || roles.length === 0) return `What precedes a ${loss} is not known`;
  const top = roles.reduce((most, role) => (role.last > most.last ? role : most));
  const usual = shareOfActions(beforeLoss)(top.actions);
  return `Last before ${formatShare(top.last / lost)} of ${plural(loss)}: ${top.action}, which is ${formatShare(usual)} of all actions`;
}

export function timeToLossFinding({ roles, spans, lost }: ReportBeforeLoss, loss: string): string {
  if (lost === 0 || roles.length === 0) return `What precedes a ${loss} is not known`;
  const top = roles.reduce((most, role) => (role.last > most.last ? role : most));
  const half = top.within.findIndex((count) => count * 2 >= lost);
  if (half < 0)
    return `Fewer than half of those lost had, in the ${formatSpan(spans[spans.length - 1])} before: ${top.action}`;
  return `In the ${formatSpan(spans[half])} before, ${formatShare(top.within[half] / lost)} of those lost had: ${top.action}`;
}

export function pathFinding({ paths, lost, allPaths }: ReportBeforeLoss): string {
  const [top] = paths;
  if (top === undefined) return 'No way out is known';
  return `${formatCount(top.users)} of ${formatCount(lost)} left by the commonest of ${counted(allPaths, 'way')} out`;
}

/** What is left of the largest cohort in its last whole period. */
export function cohortFinding({ period, rows }: ReportCohorts): string {
  const followed = rows.filter(({ active, complete }) => active.length > (complete ? 1 : 2));
  if (followed.length === 0) return `The log is too short to follow cohorts by ${period}`;
  const largest = followed.reduce((most, row) => (row.users > most.users ? row : most));
  const age = largest.active.length - (largest.complete ? 1 : 2);
  return `Of ${counted(largest.users, 'user')} first seen in the ${period} of ${largest.start}, ${formatShare(largest.active[age] / largest.users)} came ${counted(age, period)} later, and ${formatShare(largest.lost[age] / largest.users)} were lost by then`;
}
