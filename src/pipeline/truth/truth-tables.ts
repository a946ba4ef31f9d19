import { userIdOf } from '../../simulate/line-parts.ts';
import type { LogPlan } from '../../simulate/population.ts';
import { COHORTS } from '../../simulate/transitions.ts';
import type { Estimate } from '../../simulate/truth/estimate.ts';
import type { TruthRow } from '../../simulate/truth/listener-truth.ts';
import type { TruthUser } from '../../simulate/truth/truth-user.ts';
import type { Column, Table } from '../../table/table.ts';

/** Of each row of the truth what only the whole log tells. */
export interface Outcomes {
  readonly isCensored: (cutoff: number) => boolean;
  /** Whether an account is lost in the window of a cutoff. */
  readonly isLost: (account: number, cutoff: number) => boolean;
}

/** A row a user and cutoff; `cutoff` is in days since 1970 as in `examples.parquet`, `lost` null where the log ends too early. */
export function truthTable(plan: LogPlan, rows: readonly TruthRow[], outcomes: Outcomes): Table {
  const censored = Uint8Array.from(rows, ({ cutoff }) => (outcomes.isCensored(cutoff) ? 1 : 0));
  const estimates = (name: string, of: (row: TruthRow) => Estimate): [string, Column][] => [
    [name, doubles(rows.map((row) => of(row).mean))],
    [`${name}_error`, doubles(rows.map((row) => of(row).standardError))],
  ];
  return tableOf(rows.length, [
    ['user', texts(rows.map(({ account }) => userIdOf(plan, account)))],
    ['cutoff', integers(rows.map(({ cutoff }) => cutoff))],
    ...estimates('probability', ({ probability }) => probability),
    ['censored', { type: 'boolean', values: censored, valid: all(rows.length) }],
    [
      'lost',
      {
        type: 'boolean',
        values: Uint8Array.from(rows, ({ account, cutoff }, i) =>
          !censored[i] && outcomes.isLost(account, cutoff) ? 1 : 0,
        ),
        valid: censored.map((flag) => 1 - flag),
      },
    ],
  ]);
}

/** A row a user: the hidden cohort, mean seconds between pages (alpha) and between sessions (beta), and when lost. */
export function usersTable(plan: LogPlan, users: readonly TruthUser[]): Table {
  return tableOf(users.length, [
    ['user', texts(users.map(({ account }) => userIdOf(plan, account)))],
    ['cohort', texts(users.map(({ cohort }) => COHORTS[cohort]))],
    ['alpha', doubles(users.map(({ alpha }) => alpha))],
    ['beta', doubles(users.map(({ beta }) => beta))],
    ['registration', integers(users.map(({ registration }) => registration * 1000))],
    ['lost_at', optionalIntegers(users.map(({ lost }) => (lost === undefined ? undefined : lost * 1000)))],
  ]);
}

function tableOf(rows: number, columns: readonly (readonly [string, Column])[]): Table {
  return { rows, names: columns.map(([name]) => name), columns: columns.map(([, column]) => column) };
}

function all(rows: number): Uint8Array {
  return new Uint8Array(rows).fill(1);
}

function texts(values: readonly string[]): Column {
  return { type: 'string', values, valid: all(values.length) };
}

function doubles(values: readonly number[]): Column {
  return { type: 'float64', values: Float64Array.from(values), valid: all(values.length) };
}

function integers(values: readonly number[]): Column {
  return optionalIntegers(values);
}

function optionalIntegers(values: readonly (number | undefined)[]): Column {
  return {
    type: 'int64',
    values: BigInt64Array.from(values, (value) => BigInt(value ?? 0)),
    valid: Uint8Array.from(values, (value) => (value === undefined ? 0 : 1)),
  };
}
