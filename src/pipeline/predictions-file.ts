import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { Column, Table } from '../table/table.ts';
import type { Judged } from './judge-learners.ts';
import type { Learned } from './learn.ts';
import { pick } from './pick-rows.ts';

/** Where a run keeps what its learners said of the test examples, below its folder. */
export const predictionsPath = join('metrics', 'predictions.parquet');

/**
 * Writes what every learner, the baseline too, predicted out of sample of each test example, with its outcome: a row a
 * model, cutoff (days since 1970) and user; `probability` as it is delivered, `uncalibrated` as the learner left it.
 */
export async function writePredictions(
  folder: string,
  learned: Learned,
  rows: ExampleRows,
  engine: Engine,
): Promise<void> {
  await engine.createTable('predictions', predictionsTable(learned, rows));
  const ordered = 'select * from predictions order by model, cutoff, "user"';
  await engine.writeParquet(ordered, join(folder, predictionsPath));
  await engine.drop('predictions');
}

function predictionsTable({ judged, plan }: Learned, { users, cutoffs, labels }: ExampleRows): Table {
  const { testRows } = plan;
  const rows = judged.length * testRows.length;
  const valid = new Uint8Array(rows).fill(1);
  const numbers = (valuesOf: (judged: Judged) => Float64Array): Column => {
    const values = new Float64Array(rows);
    judged.forEach((one, k) => {
      values.set(pick(valuesOf(one), testRows), k * testRows.length);
    });
    return { type: 'float64', values, valid };
  };
  const [models, ofUsers] = [new Array<string>(rows), new Array<string>(rows)];
  const [days, lost] = [new BigInt64Array(rows), new Uint8Array(rows)];
  for (let i = 0; i < rows; i++) {
    const row = testRows[i % testRows.length];
    models[i] = judged[Math.floor(i / testRows.length)].name;
    ofUsers[i] = users[row];
    days[i] = BigInt(cutoffs[row]);
    lost[i] = labels[row];
  }
  const columns: Column[] = [
    { type: 'string', values: models, valid },
    { type: 'string', values: ofUsers, valid },
    { type: 'int64', values: days, valid },
    { type: 'boolean', values: lost, valid },
    numbers(({ probabilities }) => probabilities),
    numbers(({ uncalibrated }) => uncalibrated),
  ];
  return { rows, names: ['model', 'user', 'cutoff', 'lost', 'probability', 'uncalibrated'], columns };
}
