import { userIdOf } from '../../simulate/line-parts.ts';
import type { LogPlan } from '../../simulate/population.ts';
import type { ScenarioOffer } from '../../simulate/scenario.ts';
import { cohortNames } from '../../simulate/scenario-targets.ts';
import type { Estimate } from '../../simulate/truth/estimate.ts';
import type { TruthRow } from '../../simulate/truth/listener-truth.ts';
import type { TruthUser } from '../../simulate/truth/truth-user.ts';
import type { Column, Table } from '../../table/table.ts';
import { booleans, doubles, integers, tableOf, texts } from './columns.ts';

/** Of each row of the truth what only the whole log tells. */
export interface Outcomes {
  readonly isCensored: (cutoff: number) => boolean;
  /** Whether an account is lost in the window of a cutoff. */
  readonly isLost: (account: number, cutoff: number) => boolean;
}

/**
 * A row a user and cutoff; `cutoff` is in days since 1970 as in `examples.parquet`, `lost` null where the log ends too early,
 * `probability_from_log` null with an offer.
 */
export function truthTable(plan: LogPlan, rows: readonly TruthRow[], outcomes: Outcomes): Table {
  const isKnown = ({ cutoff }: TruthRow) => !outcomes.isCensored(cutoff);
  const isLost = ({ account, cutoff }: TruthRow) => outcomes.isLost(account, cutoff);
  const arms = rows.flatMap((row) => (row.arms === undefined ? [] : [row.arms]));
  return tableOf(rows.length, [
    ['user', texts(rows.map(({ account }) => userIdOf(plan, account)))],
    ['cutoff', integers(rows.map(({ cutoff }) => cutoff))],
    ...estimates(
      'probability',
      rows.map(({ probability }) => probability),
    ),
    ...estimates(
      'probability_from_log',
      rows.map(({ fromLog }) => fromLog),
    ),
    ['censored', booleans(rows.map((row) => !isKnown(row)))],
    ['lost', booleans(rows.map((row) => (isKnown(row) ? isLost(row) : undefined)))],
    ...(plan.scenario?.offer === undefined
      ? []
      : [
          ...estimates(
            'probability_with_offer',
            arms.map(({ offered }) => offered),
          ),
          ...estimates(
            'probability_without_offer',
            arms.map(({ without }) => without),
          ),
          ...estimates(
            'offer_effect',
            arms.map(({ effect }) => effect),
          ),
        ]),
  ]);
}

/** A row a user: the hidden cohort, mean seconds between pages (alpha) and between sessions (beta), and when lost. */
export function usersTable(plan: LogPlan, users: readonly TruthUser[]): Table {
  const cohorts = cohortNames(plan.scenario);
  return tableOf(users.length, [
    ['user', texts(users.map(({ account }) => userIdOf(plan, account)))],
    ['cohort', texts(users.map(({ cohort }) => cohorts[cohort]))],
    ['alpha', doubles(users.map(({ alpha }) => alpha))],
    ['beta', doubles(users.map(({ beta }) => beta))],
    ['registration', millis(users.map(({ registration }) => registration))],
    ['lost_at', millis(users.map(({ lost }) => lost))],
  ]);
}

/**
 * A row a user of the experiment: the segment, whether they got the offer, and when they are lost (null for one who stays
 * to the end of the log) with it and without it, one of which is what came.
 */
export function offersTable(plan: LogPlan, offer: ScenarioOffer, users: readonly TruthUser[]): Table {
  const rows = users.flatMap(({ account, offer: part }) =>
    part === undefined ? [] : [{ account, ...part }],
  );
  return tableOf(rows.length, [
    ['user', texts(rows.map(({ account }) => userIdOf(plan, account)))],
    ['offered_at', integers(rows.map(() => Date.parse(offer.at)))],
    ['offered', booleans(rows.map(({ isOffered }) => isOffered))],
    ['segment', texts(rows.map(({ segment }) => offer.segments[segment].name))],
    ['factor', doubles(rows.map(({ segment }) => offer.segments[segment].factor))],
    ['lost_at_with_offer', millis(rows.map(({ lostWith }) => lostWith))],
    ['lost_at_without_offer', millis(rows.map(({ lostWithout }) => lostWithout))],
  ]);
}

function estimates(name: string, values: readonly (Estimate | undefined)[]): [string, Column][] {
  return [
    [name, doubles(values.map((value) => value?.mean))],
    [`${name}_error`, doubles(values.map((value) => value?.standardError))],
  ];
}

/** From seconds since the epoch. */
function millis(seconds: readonly (number | undefined)[]): Column {
  return integers(seconds.map((time) => (time === undefined ? undefined : time * 1000)));
}
