import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import type { Feature } from '../features/feature.ts';
import type { Column, Table } from '../table/table.ts';
import { contributionsKept, type Score, type ScoredUsers } from './score.ts';

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
    ['user', texts(scores, ({ user }) => user)],
    ['base', numbers(scores, () => base)],
    ...places.flatMap((place): [string, Column][] => [
      [`feature_${place}`, texts(scores, ({ contributions }) => contributions.largest[place - 1]?.feature)],
      [`value_${place}`, numbers(scores, ({ contributions }) => contributions.largest[place - 1]?.value)],
      [
        `contribution_${place}`,
        numbers(scores, ({ contributions }) => contributions.largest[place - 1]?.contribution),
      ],
    ]),
    ['others', numbers(scores, ({ contributions }) => contributions.others)],
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

function texts(scores: readonly Score[], textOf: (score: Score) => string | undefined): Column {
  const valid = new Uint8Array(scores.length);
  const values = scores.map((score, i) => {
    const text = textOf(score);
    valid[i] = text === undefined ? 0 : 1;
    return text ?? '';
  });
  return { type: 'string', values, valid };
}

/** A value that is missing, NaN, is null. */
function numbers(scores: readonly Score[], numberOf: (score: Score) => number | undefined): Column {
  const valid = new Uint8Array(scores.length);
  const values = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const value = numberOf(scores[i]);
    if (value === undefined || Number.isNaN(value)) continue;
    valid[i] = 1;
    values[i] = value;
  }
  return { type: 'float64', values, valid };
}
