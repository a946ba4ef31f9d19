import type { Interval } from '../evaluation/intervals.ts';
import { type PathToLoss, withinSeconds } from '../explore/before-loss.ts';
import type { Exploration } from '../explore/explore.ts';
import type { CompetingIncidence } from '../explore/incidence.ts';
import { roleWord } from '../features/role-words.ts';
import type {
  ReportBeforeLoss,
  ReportCohorts,
  ReportGroupSurvival,
  ReportIncidence,
  ReportLeaving,
  ReportShareCurve,
} from './report-leaving.ts';

/** When users leave, and what they did before, as the page draws it. */
export function reportLeaving(
  { lifetimes, beforeLoss, cohorts }: Exploration,
  incidence: readonly ReportIncidence[],
): ReportLeaving {
  return {
    survival: lifetimes.byAttribute.map(
      ({ attribute, groups, test }): ReportGroupSurvival => ({
        attribute: attribute.replaceAll('_', ' '),
        p: test.p,
        groups: groups.map(({ value, users, lost, curve }) => ({
          value,
          users,
          lost,
          curve: steps(curve, ({ staying }) => staying),
        })),
      }),
    ),
    beforeLoss: reportBeforeLoss(beforeLoss),
    cohorts: reportCohorts(cohorts),
    incidence,
  };
}

/** What came first to users, as the page draws it; nothing where only the loss can come. */
export function reportIncidence(found: CompetingIncidence | undefined): readonly ReportIncidence[] {
  if (found === undefined) return [];
  return found.causes.map(({ word }, j) => {
    const days = found.points.map(({ day, atRisk, causes }) => ({ day, atRisk, ...causes[j] }));
    return {
      outcome: word,
      users: days.reduce((sum, { lost }) => sum + lost, 0),
      curve: steps(days, ({ incidence }) => incidence),
    };
  });
}

/** Only where a curve moves and where it ends, to four decimals: the page draws no more. */
function steps<T extends { readonly day: number; readonly atRisk: number; readonly lost: number }>(
  curve: readonly T[],
  estimate: (point: T) => Interval,
): ReportShareCurve {
  const kept = curve.filter(({ lost }, i) => lost > 0 || i === curve.length - 1);
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    day: kept.map(({ day }) => day),
    atRisk: kept.map(({ atRisk }) => atRisk),
    share: kept.map((point) => rounded(estimate(point).value)),
    low: kept.map((point) => rounded(estimate(point).low)),
    high: kept.map((point) => rounded(estimate(point).high)),
  };
}

const mostPaths = 10;

function reportBeforeLoss({ lost, roles, paths }: Exploration['beforeLoss']): ReportBeforeLoss {
  const inWords = ({ path, users }: PathToLoss) => ({ path: path.map(roleWord), users });
  return {
    lost,
    spans: withinSeconds,
    roles: roles.map(({ role, ...counts }) => ({ action: roleWord(role), ...counts })),
    paths: paths.slice(0, mostPaths).map(inWords),
    allPaths: paths.length,
    steps: stepsOf(paths.map(inWords)),
  };
}

/** How often one kind of action came before another, and before the loss. */
function stepsOf(paths: ReportBeforeLoss['paths']): ReportBeforeLoss['steps'] {
  const counts = new Map<string, { from: string; to?: string; users: number }>();
  for (const { path, users } of paths) {
    path.forEach((from, i) => {
      const to = path[i - 1];
      const key = JSON.stringify([from, to]);
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { from, ...(to === undefined ? {} : { to }), users });
      else known.users += users;
    });
  }
  return [...counts.values()];
}

function reportCohorts({ period, rows }: Exploration['cohorts']): ReportCohorts {
  const starts = [...new Set(rows.map(({ cohort }) => cohort))];
  return {
    period,
    rows: starts.map((start) => {
      const ages = rows.filter(({ cohort }) => cohort === start);
      return {
        start,
        users: ages[0].users,
        active: ages.map(({ active }) => active),
        lost: ages.map(({ lost }) => lost),
        complete: ages[ages.length - 1].complete === 1,
      };
    }),
  };
}
