import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import { lowerMedian } from '../evaluation/lower-median.ts';
import { attributeInThreads } from '../explanation/attribute-in-threads.ts';
import type { Attribution } from '../explanation/attribution.ts';
import { type Largest, largestContributions, valuesOf } from '../explanation/largest-contributions.ts';
import { type Reason, topReasons } from '../explanation/reasons.ts';
import { type AtRisk, type ExampleRows, examplesSql, readExamples } from '../features/examples.ts';
import type { Feature } from '../features/feature.ts';
import { readHistory } from '../features/history.ts';
import { historyFeatures } from '../features/history-features.ts';
import type { Matrix } from '../models/matrix.ts';
import { channelsOf, type Model, predict } from '../models/model.ts';
import { modelSql } from '../models/sql/model-sql.ts';
import { numbersOf } from '../table/table.ts';

/** One user at risk; rank 1 is the likeliest to be lost. */
export interface Score {
  readonly user: string;
  readonly probability: number;
  readonly rank: number;
  /** Three at most, strongest first. */
  readonly reasons: readonly Reason[];
  /** What the score adds up from. */
  readonly contributions: Largest;
}

/** Everyone's score, and what all of their contributions are counted from. */
export interface ScoredUsers {
  /** Likeliest first; ties by user. */
  readonly scores: readonly Score[];
  readonly unit: Attribution['unit'];
  readonly base: number;
  /** By feature among the contributions, in the model's order: the median of those scored; NaN where none has a value. */
  readonly medians: ReadonlyMap<string, number>;
}

/** Contributions that are kept of each user; the others are added up. */
export const contributionsKept = 12;

/** Everyone at risk at the start of day `cutoff`, days since 1970. */
export async function scoreUsers(
  engine: Engine,
  model: Model,
  features: readonly Feature[],
  cutoff: number,
  effects: Pick<Effects, 'threads' | 'signal'>,
  atRisk?: AtRisk,
): Promise<ScoredUsers> {
  await createAtRisk(engine, features, cutoff, atRisk);
  const rows = await readExamples(engine, 'at_risk', features);
  const channels = channelsOf(model);
  const history = channels.length > 0 ? await readHistory(engine, channels, 'at_risk', rows) : undefined;
  const described = [...features, ...historyFeatures(channels)];
  return rankUsers({ ...rows, matrix: { ...rows.matrix, history } }, model, described, effects);
}

/**
 * Scores everyone at risk where the engine computes, and leaves user, cutoff and probability at `target`; no row comes here. Gives their
 * number.
 */
export async function publishScores(
  engine: Engine,
  model: Model,
  features: readonly Feature[],
  cutoff: number,
  target: string,
  run: string,
  atRisk?: AtRisk,
): Promise<number> {
  await createAtRisk(engine, features, cutoff, atRisk);
  const select = modelSql(model, { from: 'at_risk', keep: ['user', 'cutoff'], engine: engine.name });
  await engine.publish(select, target, run);
  return numbersOf(await engine.query('select count(*) as n from at_risk'), 'n')[0];
}

async function createAtRisk(
  engine: Engine,
  features: readonly Feature[],
  cutoff: number,
  atRisk: AtRisk | undefined,
): Promise<void> {
  const label = { kind: 'window', leadDays: 0, horizonDays: 0, atRisk } as const;
  await engine.createTransientAs('at_risk', examplesSql(features, [cutoff], label), 'scores');
}

async function rankUsers(
  rows: ExampleRows,
  model: Model,
  features: readonly Feature[],
  effects: Pick<Effects, 'threads' | 'signal'>,
): Promise<ScoredUsers> {
  const probabilities = predict(model, rows.matrix);
  const attribution = await attributeInThreads(model, rows.matrix, effects);
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const order = Array.from(rows.users.keys()).sort(
    (a, b) => probabilities[b] - probabilities[a] || (rows.users[a] < rows.users[b] ? -1 : 1),
  );
  // Row after row, as columns lie in memory: in the order of the ranks every number would be fetched by itself.
  const told = rows.users.map((_, row) => ({
    reasons: topReasons(attribution, rows.matrix, byName, row, 3),
    contributions: largestContributions(attribution, rows.matrix, row, contributionsKept),
  }));
  const scores = order.map((row, position) => ({
    user: rows.users[row],
    probability: probabilities[row],
    rank: position + 1,
    ...told[row],
  }));
  return {
    scores,
    unit: attribution.unit,
    base: attribution.base,
    medians: mediansOfTold(scores, attribution, rows.matrix),
  };
}

function mediansOfTold(
  scores: readonly Score[],
  attribution: Attribution,
  matrix: Matrix,
): Map<string, number> {
  const told = new Set<string>();
  for (const { contributions } of scores) for (const { feature } of contributions.largest) told.add(feature);
  return new Map(
    attribution.names
      .filter((name) => told.has(name))
      .map((name) => [name, lowerMedian(valuesOf(attribution, matrix, name))]),
  );
}
