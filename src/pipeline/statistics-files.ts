import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exploration } from '../explore/explore.ts';
import { recordsToCsv, toCsv } from '../table/csv.ts';

/** Writes `statistics/`: a CSV a table of the exploration. */
export async function writeStatistics(folder: string, exploration: Exploration): Promise<void> {
  const target = join(folder, 'statistics');
  await mkdir(target);
  for (const [name, table] of exploration.tables) await writeFile(join(target, `${name}.csv`), toCsv(table));
  const { behaviour, survival } = exploration;
  await writeFile(join(target, 'behaviour_by_outcome.csv'), recordsToCsv(behaviourColumns, behaviour));
  await writeFile(
    join(target, 'lifetimes.csv'),
    recordsToCsv(
      ['day', 'at_risk', 'lost', 'censored', 'staying', 'low', 'high'],
      survival.map(({ day, atRisk, lost, censored, staying }) => ({
        day,
        at_risk: atRisk,
        lost,
        censored,
        staying: staying.value,
        low: staying.low,
        high: staying.high,
      })),
    ),
  );
}

const behaviourColumns = [
  'measure',
  'unit',
  'outcome',
  'users',
  'mean',
  'sd',
  'min',
  'q05',
  'q25',
  'q50',
  'q75',
  'q95',
  'max',
];
