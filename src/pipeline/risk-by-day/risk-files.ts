import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import type { HazardModel } from '../../models/hazard/hazard.ts';
import { recordsToCsv } from '../../table/csv.ts';
import type { Cell, Column } from '../../table/table.ts';
import type { JudgedRisk } from './judge-risk.ts';
import type { JudgedWindow } from './judge-window.ts';

type Records = readonly Readonly<Record<string, Cell>>[];

/** Writes `metrics/risk_by_day.csv`, `metrics/risk_curve.csv`, `metrics/risk_of_window.csv` and `risk-by-day.json`, the hazard model. */
export async function writeRiskMetrics(
  folder: string,
  model: HazardModel,
  judged: JudgedRisk,
  window: JudgedWindow | undefined,
): Promise<void> {
  const write = (name: string, records: Records) =>
    writeFile(join(folder, 'metrics', `${name}.csv`), recordsToCsv(Object.keys(records[0] ?? {}), records));
  await write('risk_by_day', metricRecords(judged));
  await write(
    'risk_curve',
    judged.curve.map(({ day, users, expected, everyone, observed }) => ({
      day,
      users,
      carried: day <= model.carriedDays ? 1 : 0,
      expected,
      observed: observed?.value ?? null,
      observed_low: observed?.low ?? null,
      observed_high: observed?.high ?? null,
      everyone,
    })),
  );
  if (window !== undefined) await write('risk_of_window', windowRecords(window));
  await writeFile(join(folder, 'risk-by-day.json'), `${JSON.stringify(model)}\n`);
}

/** Writes `risk_by_day.parquet`: a row a user, the likeliest first, and a column a day. @param risks by day and user. */
export async function writeRisks(
  folder: string,
  users: readonly string[],
  risks: readonly Float64Array[],
  engine: Engine,
): Promise<void> {
  const valid = new Uint8Array(users.length).fill(1);
  const rank = BigInt64Array.from(users, (_, i) => BigInt(i + 1));
  const days = risks.map((_, k) => `day_${k + 1}`);
  const ofDays = risks.map((values): Column => ({ type: 'float64', values, valid }));
  await engine.createTable('risk_by_day', {
    rows: users.length,
    names: ['rank', 'user', ...days],
    columns: [{ type: 'int64', values: rank, valid }, { type: 'string', values: users, valid }, ...ofDays],
  });
  await engine.writeParquet('select * from risk_by_day order by rank', join(folder, 'risk_by_day.parquet'));
  await engine.drop('risk_by_day');
}

function metricRecords(judged: JudgedRisk): Records {
  const { lastDay } = judged;
  return [
    ...judged.days.flatMap(({ day, brier, brierOfEveryone, rocAuc }) => [
      { metric: 'brier', day, ...limits(brier), everyone: brierOfEveryone },
      { metric: 'roc_auc', day, ...limits(rocAuc), everyone: 0.5 },
    ]),
    {
      metric: 'integrated_brier',
      day: lastDay,
      ...limits(judged.integratedBrier),
      everyone: judged.integratedBrierOfEveryone,
    },
    { metric: 'integrated_brier_skill', day: lastDay, ...limits(judged.integratedSkill), everyone: 0 },
  ];
}

function windowRecords({ hazard, classifier, difference }: JudgedWindow): Records {
  const named = (by: string, metrics: Readonly<Record<string, Interval>>) =>
    Object.entries(metrics).map(([metric, interval]) => ({ by, metric, ...limits(interval) }));
  const own = ({ rocAuc, logLoss, brier }: typeof difference) => ({
    roc_auc: rocAuc,
    log_loss: logLoss,
    brier,
  });
  const line = ({ line: { intercept, slope } }: typeof hazard) => ({
    calibration_intercept: intercept,
    calibration_slope: slope,
  });
  return [
    ...named('hazard', { ...own(hazard), ...line(hazard) }),
    ...named('classifier', { ...own(classifier), ...line(classifier) }),
    ...named('difference', own(difference)),
  ];
}

function limits({ value, low, high }: Interval) {
  return { value, low, high };
}
