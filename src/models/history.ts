import { InputError } from '../errors.ts';

/** The recorded days of users before each row of a matrix: what a model of sequences reads, beside the features or alone. */
export interface History {
  /** Names of what is counted of a day. */
  readonly channels: readonly string[];
  /** By record: day since 1970, rising within a user. */
  readonly days: Int32Array;
  /** By record: a number of each channel. A day without a record counts as 0 of everything. */
  readonly values: Float32Array;
  /** By row: its records are those from `starts` up to `ends`, which is none of them; all lie before its cutoff. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** By row: the day at whose start it is predicted. */
  readonly cutoffs: Int32Array;
  /** By row: the user's first day. */
  readonly firstDays: Int32Array;
}

/** What explanations call it that some days lie before there was a user. */
export const BEFORE_FIRST_DAY = 'days_before_first_event';

/** The history of some rows; the records are shared. */
export function selectHistory(history: History, rows: ArrayLike<number>): History {
  const select = (values: Int32Array) => Int32Array.from(rows, (row) => values[row]);
  return {
    ...history,
    starts: select(history.starts),
    ends: select(history.ends),
    cutoffs: select(history.cutoffs),
    firstDays: select(history.firstDays),
  };
}

/** @throws InputError when the rows have no history, or it does not fit them. */
export function historyOf({
  rows,
  history,
}: {
  readonly rows: number;
  readonly history?: History | undefined;
}): History {
  if (history === undefined) {
    throw new InputError(
      'A model of sequences reads the days before each row, and the rows have no history: it learns and predicts from a log, not from a table.',
    );
  }
  if (history.starts.length !== rows) {
    throw new InputError(`There is history for ${history.starts.length} rows of ${rows}.`);
  }
  return history;
}

/** The places of channels in a history. @throws InputError naming one that it lacks. */
export function channelPlaces(names: readonly string[], { channels }: History): Int32Array {
  return Int32Array.from(names, (name) => {
    const place = channels.indexOf(name);
    if (place >= 0) return place;
    throw new InputError(
      `The model needs "${name}" of each day, which the history lacks: use the definition that the model was trained with.`,
      { channel: name },
    );
  });
}
