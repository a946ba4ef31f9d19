import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import type { Table } from '../table/table.ts';
import { type BeforeLoss, beforeLoss } from './before-loss.ts';
import { type BehaviourRow, behaviourByOutcome } from './behaviour.ts';
import { type Cohorts, cohorts } from './cohorts.ts';
import { nullCounts, rowCounts, timeProfiles, topPlayed, userCounts } from './counts.ts';
import { coverage } from './coverage.ts';
import { type Lifetimes, lifetimes } from './lifetimes.ts';
import { buildPeople } from './people.ts';
import { planDays } from './plan-days.ts';

/** The log in numbers: tables by the name of their file, and what is no table of a query. */
export interface Exploration {
  readonly tables: ReadonlyMap<string, Table>;
  readonly behaviour: readonly BehaviourRow[];
  readonly lifetimes: Lifetimes;
  readonly cohorts: Cohorts;
  readonly beforeLoss: BeforeLoss;
}

/** Statistics of the log, of the relations of `tallyEvents` and of its ledger. */
export async function explore(definition: Definition, engine: Engine): Promise<Exploration> {
  await buildPeople(definition, engine);
  const statistics = [
    ...rowCounts(definition),
    ...timeProfiles(engine.dialect),
    ...planDays(definition, engine.dialect),
    coverage(engine.dialect),
    ...userCounts(definition),
    nullCounts(definition),
    ...topPlayed(definition),
  ];
  const tables = new Map<string, Table>();
  for (const { name, sql } of statistics) tables.set(name, await engine.query(sql));
  return {
    tables,
    behaviour: await behaviourByOutcome(definition, engine),
    lifetimes: await lifetimes(definition, engine),
    cohorts: await cohorts(engine),
    beforeLoss: await beforeLoss(definition, engine),
  };
}
