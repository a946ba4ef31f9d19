import type { LineInput } from '../engine/engine.ts';
import type { LogFile } from './log-file.ts';

/** What the engine reads, and the file of the log that it stands for. */
export interface PreparedFile extends LineInput {
  readonly source: LogFile;
  /** Rows of a Parquet file, records of a CSV file that was read here; lines of JSON are counted with the bytes. */
  readonly records?: number;
  /** Stands for `source` without its disputed lines, which were decided on. */
  readonly sanitised?: true;
}
