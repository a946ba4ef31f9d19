import type { Cell } from '../table/table.ts';
import type { JudgedTrial, Tuned } from '../tuning/tuned.ts';

/** What was tried. */
export interface Trials {
  /** How the rows that fitted lie to those that judged, in a word. */
  readonly order: string;
  /** By learner. */
  readonly tuned: ReadonlyMap<string, Tuned>;
}

/** A record a trial, learner after learner: how it did, and a column for each setting that any learner was searched for. */
export function trialRecords({ order, tuned }: Trials): Readonly<Record<string, Cell>>[] {
  const all = [...tuned].flatMap(([model, { trials }]) =>
    trials.map((trial, k) => ({ model, trial: k + 1, ...trial })),
  );
  const names = [...new Set(all.flatMap(({ settings }) => Object.keys(settings)))].sort();
  return all.map(({ model, trial, state, folds, logLoss, settings }) => ({
    model,
    trial,
    state,
    validation: order,
    folds,
    log_loss: logLoss,
    ...Object.fromEntries(names.map((name) => [name, cellOfSetting(settings[name])])),
  }));
}

function cellOfSetting(value: JudgedTrial['settings'][string] | undefined): Cell {
  if (value === undefined) return null;
  return typeof value === 'object' ? value.join(' ') : value;
}
