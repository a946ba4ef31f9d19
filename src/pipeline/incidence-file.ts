import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompetingIncidence } from '../explore/incidence.ts';
import { recordsToCsv } from '../table/csv.ts';

/** Writes `statistics/cumulative_incidence.csv`, a row a day and outcome, where the definition has outcomes beside the loss. */
export async function writeIncidence(
  folder: string,
  incidence: CompetingIncidence | undefined,
): Promise<void> {
  if (incidence === undefined) return;
  const records = incidence.points.flatMap(({ day, atRisk, causes }) =>
    causes.map(({ lost, incidence: { value, low, high } }, j) => ({
      day,
      outcome: incidence.causes[j].name,
      at_risk: atRisk,
      lost,
      incidence: value,
      low,
      high,
    })),
  );
  const columns = ['day', 'outcome', 'at_risk', 'lost', 'incidence', 'low', 'high'];
  await writeFile(join(folder, 'statistics', 'cumulative_incidence.csv'), recordsToCsv(columns, records));
}
