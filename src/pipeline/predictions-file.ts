import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { Column, Table } from '../table/table.ts';
import type { Learned } from './learn.ts';

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
  const all = judged.flatMap(({ name, probabilities, uncalibrated }) =>
    Array.from(testRows, (row) => ({
      ...{ model: String(name), row },
      ...{ probability: probabilities[row], uncalibrated: uncalibrated[row] },
    })),
  );
  const valid = new Uint8Array(all.length).fill(1);
  const columns: Column[] = [
    { type: 'string', values: all.map(({ model }) => model), valid },
    { type: 'string', values: all.map(({ row }) => users[row]), valid },
    { type: 'int64', values: BigInt64Array.from(all, ({ row }) => BigInt(cutoffs[row])), valid },
    { type: 'boolean', values: Uint8Array.from(all, ({ row }) => labels[row]), valid },
    { type: 'float64', values: Float64Array.from(all, ({ probability }) => probability), valid },
    { type: 'float64', values: Float64Array.from(all, ({ uncalibrated }) => uncalibrated), valid },
  ];
  const names = ['model', 'user', 'cutoff', 'lost', 'probability', 'uncalibrated'];
  return { rows: all.length, names, columns };
}
