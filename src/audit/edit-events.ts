import type { Random } from '../random.ts';

/** A line of a log, by its keys. */
export type LogRecord = Readonly<Record<string, unknown>>;

/** Shares of the later lines that are deleted, and changed; as many as are deleted are added. */
const DELETED = 0.25;
const CHANGED = 0.5;

/**
 * What the future may look like instead: a quarter of the lines is gone, half of them has other values, and as many as are gone are new,
 * of users and at times of other lines. All values come from the lines themselves, so that each is one that the log may hold.
 * @param userKey, timeKey the columns of user and time; a changed line keeps its own.
 */
export function editEvents(
  future: readonly LogRecord[],
  userKey: string,
  timeKey: string,
  random: Random,
): LogRecord[] {
  const any = () => future[random.integer(future.length)];
  const edited: LogRecord[] = [];
  for (const record of future) {
    const dice = random.float();
    if (dice < DELETED) {
      const [model, user, time] = [any(), any(), any()];
      edited.push({ ...model, [userKey]: user[userKey], [timeKey]: time[timeKey] });
    } else if (dice < DELETED + CHANGED) {
      edited.push(withOtherValues(record, any, new Set([userKey, timeKey])));
    } else edited.push(record);
  }
  return edited;
}

/** Each value from a line of its own, or absent where that line has none. */
function withOtherValues(record: LogRecord, any: () => LogRecord, kept: ReadonlySet<string>): LogRecord {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      if (kept.has(key)) return [[key, value]];
      const other = any()[key];
      return other === undefined ? [] : [[key, other]];
    }),
  );
}
