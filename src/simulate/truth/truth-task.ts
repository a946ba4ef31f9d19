import { buildCatalogue } from '../catalogue.ts';
import { arrivalCount, arrivals, type Listener, type LogPlan, member } from '../population.ts';
import { buildWorld } from '../world.ts';
import { durationsOf } from './durations.ts';
import { listenerTruth, type TruthRow, undyingChains } from './listener-truth.ts';
import { readers } from './reader/reader.ts';
import type { TruthSettings } from './truth-settings.ts';
import { describeUser, type TruthUser } from './truth-user.ts';

/** What is asked about the accounts `first` … `last - 1` of a log. */
export type TruthTask = { readonly first: number; readonly last: number } & (
  | { readonly ask: 'users' }
  | { readonly ask: 'rows'; readonly settings: TruthSettings }
);

/** The answer to a task, by account; for `rows` by cutoff within it. */
export type TruthAnswer =
  | { readonly ask: 'users'; readonly users: readonly TruthUser[] }
  | { readonly ask: 'rows'; readonly rows: readonly TruthRow[] };

/** Sets up what answering about a log needs: once a thread. */
export function answerer(plan: LogPlan): (task: TruthTask) => TruthAnswer {
  const catalogue = buildCatalogue();
  const world = buildWorld(plan, catalogue);
  const ahead = { ...world, catalogue: durationsOf(catalogue) };
  const undyingOf = undyingChains();
  const readerOf = readers(plan, world, ahead);
  const newcomers = arrivals(plan, world);
  const members = plan.users - arrivalCount(plan);

  const listeners = ({ first, last }: TruthTask): Listener[] => [
    ...Array.from({ length: Math.max(0, Math.min(last, members) - first) }, (_, i) =>
      member(plan, world, first + i),
    ),
    ...newcomers.filter(({ account }) => account >= first && account < last),
  ];
  return (task) => {
    if (task.ask === 'users') {
      return { ask: 'users', users: listeners(task).map((listener) => describeUser(listener, world, plan)) };
    }
    const oracle = {
      world,
      ahead,
      seed: plan.seed,
      settings: task.settings,
      hasOffer: plan.scenario?.offer !== undefined,
      undyingOf,
      readerOf,
    };
    return { ask: 'rows', rows: listeners(task).flatMap((listener) => listenerTruth(listener, oracle)) };
  };
}
