import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import type { Feature } from '../features/feature.ts';
import type { Column, Table } from '../table/table.ts';
import { contributionsKept, type ScoredUsers } from './score.ts';

const places = Array.from({ length: contributionsKept }, (_, i) => i + 1);

/**
 * Writes `contributions.parquet`, what everyone's score adds up from, and `at_risk.parquet`, the features that were scored. A
 * row's base, contributions and others add up to the score in the model's unit.
 */
export async function writeContributions(
  folder: string,
  scored: ScoredUsers,
  features: readonly Feature[],
  engine: Engine,
): Promise<void> {
  await engine.createTable('contributions', contributionsTable(scored));
  const ordered = 'select * from contributions order by rank';
  await engine.writeParquet(ordered, join(folder, 'contributions.parquet'));
  await engine.drop('contributions');
  const columns = ['user', 'cutoff', ...features.map(({ name }) => name)].map(identifier).join(', ');
  await engine.writeParquet(
    `select ${columns} from at_risk order by "user"`,
    join(folder, 'at_risk.parquet'),
  );
}

function contributionsTable({ scores, base }: ScoredUsers): Table {
  const named: [string, Column][] = [
    ['rank', integers(scores.map(({ rank }) => rank))],
    ['user', texts(scores.map(({ user }) => user))],
    ['base', numbers(scores.map(() => base))],
    ...places.flatMap((place): [string, Column][] => {
      const kept = scores.map(({ contributions }) => contributions.largest[place - 1]);
      return [
        [`feature_${place}`, texts(kept.map((one) => one?.feature))],
        [`value_${place}`, numbers(kept.map((one) => one?.value))],
        [`contribution_${place}`, numbers(kept.map((one) => one?.contribution))],
      ];
    }),
    ['others', numbers(scores.map(({ contributions }) => contributions.others))],
  ];
  return {
    rows: scores.length,
    names: named.map(([name]) => name),
    columns: named.map(([, column]) => column),
  };
}

function integers(values: readonly number[]): Column {
  const valid = new Uint8Array(values.length).fill(1);
  return { type: 'int64', values: BigInt64Array.from(values, BigInt), valid };
}

function texts(values: readonly (string | undefined)[]): Column {
  const valid = Uint8Array.from(values, (value) => (value === undefined ? 0 : 1));
  return { type: 'string', values: values.map((value) => value ?? ''), valid };
}

/** A value that is missing, NaN, is null. */
function numbers(values: readonly (number | undefined)[]): Column {
  const valid = Uint8Array.from(values, (value) => (value === undefined || Number.isNaN(value) ? 0 : 1));
  return {
    type: 'float64',
    values: Float64Array.from(values, (value, i) => (valid[i] ? (value ?? 0) : 0)),
    valid,
  };
}
