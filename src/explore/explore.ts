import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import type { Table } from '../table/table.ts';
import { type BehaviourRow, behaviourByOutcome } from './behaviour.ts';
import { nullCounts, rowCounts, timeProfiles, topPlayed, userCounts } from './counts.ts';
import { lifetimes, type SurvivalCurve } from './lifetimes.ts';
import { buildPeople } from './people.ts';

/** The log in numbers: tables by the name of their file, and what is no table of a query. */
export interface Exploration {
  readonly tables: ReadonlyMap<string, Table>;
  readonly behaviour: readonly BehaviourRow[];
  readonly survival: SurvivalCurve;
}

/** Statistics of the log, of the relations of `tallyEvents` and of its ledger. */
export async function explore(definition: Definition, engine: Engine): Promise<Exploration> {
  await buildPeople(definition, engine);
  const statistics = [
    ...rowCounts(definition),
    ...timeProfiles(engine.dialect),
    ...userCounts(definition),
    nullCounts(definition),
    ...topPlayed(definition),
  ];
  const tables = new Map<string, Table>();
  for (const { name, sql } of statistics) tables.set(name, await engine.query(sql));
  return {
    tables,
    behaviour: await behaviourByOutcome(definition, engine),
    survival: await lifetimes(engine),
  };
}
