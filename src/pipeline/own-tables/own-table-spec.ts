import { UsageError } from '../../errors.ts';

/** A table of a user's own to join to the examples, as `--with` names it. */
export interface OwnTableSpec {
  readonly path: string;
  /** Column of the user; by default the log's, or `user`. */
  readonly user?: string;
  /** Column of the day or time from which a row is known; by default the only column of that type. */
  readonly date?: string;
}

/**
 * `FILE`, or `FILE,user=COLUMN,date=COLUMN`.
 * @throws UsageError for another key, or one that stands twice.
 */
export function parseOwnTable(text: string): OwnTableSpec {
  const [path, ...options] = text.split(/,(?=(?:user|date)=)/);
  const spec: { path: string; user?: string; date?: string } = { path };
  for (const option of options) {
    const [key, column] = option.split(/=(.*)/s);
    if ((key !== 'user' && key !== 'date') || column === '' || spec[key] !== undefined) {
      throw new UsageError(`--with ${text}: expected FILE, or FILE,user=COLUMN,date=COLUMN.`, { with: text });
    }
    spec[key] = column;
  }
  if (path !== '') return spec;
  throw new UsageError(`--with ${text}: expected the name of a file.`, { with: text });
}
