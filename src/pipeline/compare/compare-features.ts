import type { Engine } from '../../engine/engine.ts';
import { drift } from '../../evaluation/drift.ts';
import { lowerMedian } from '../../evaluation/lower-median.ts';
import type { ComparedFeature, ComparedFeatures } from '../../report/comparison-data.ts';
import { numbersOf, type Table } from '../../table/table.ts';
import { runTable } from '../report/run-table.ts';

/** What a feature is called. */
export type Catalogue = ReadonlyMap<string, { readonly meaning: string; readonly unit: string }>;

/** How the features of those at risk moved from one run's scoring day to the other's. */
export async function compareFeatures(
  engine: Engine,
  folders: readonly [string, string],
  catalogue: Catalogue,
): Promise<ComparedFeatures> {
  const [first, second] = [await readAtRisk(engine, folders[0]), await readAtRisk(engine, folders[1])];
  const [inFirst, inSecond] = [new Set(first.names), new Set(second.names)];
  return {
    added: second.names.filter((name) => !inFirst.has(name)),
    removed: first.names.filter((name) => !inSecond.has(name)),
    common: first.names
      .filter((name) => inSecond.has(name))
      .map((name) => compareFeature(name, numbersOf(first, name), numbersOf(second, name), catalogue))
      .sort((a, b) => (b.psi || 0) - (a.psi || 0) || (a.name < b.name ? -1 : 1)),
  };
}

async function readAtRisk(engine: Engine, folder: string): Promise<Table> {
  const table = await runTable(folder, 'at_risk.parquet');
  return engine.query(`select * exclude ("user", cutoff) from ${table}`);
}

function compareFeature(
  name: string,
  first: Float64Array,
  second: Float64Array,
  catalogue: Catalogue,
): ComparedFeature {
  const { meaning = name, unit = '' } = catalogue.get(name) ?? {};
  return {
    name,
    meaning,
    unit,
    ...drift(first, second),
    firstMedian: lowerMedian(first),
    secondMedian: lowerMedian(second),
  };
}
