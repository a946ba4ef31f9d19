import type { Table } from '../table/table.ts';
import type { Dialect } from './dialect.ts';

/** A value to take from each line of the log: the top-level key `key`, handed back as column `name`. */
export interface LogField {
  readonly name: string;
  readonly key: string;
  /** `id` is text or a whole number, handed back as text; `number` is handed back as a double. */
  readonly type: 'id' | 'text' | 'number';
  /** A number may also be written in quotes. */
  readonly quoted?: boolean;
}

/** SQL for a relation with one row a line: `file`, `line` (null where blank), `plain` and a column a field (null where absent, null or of another type). */
export interface LineRelation {
  /** `plain` is true only for a line that is one JSON object whose fields have their types; a false one must be judged. */
  readonly sql: string;
  /** Lines that the engine could not read as text at all, a count a file; known once the relation was read to its end. */
  rejected(): Promise<ReadonlyMap<string, number>>;
}

/** Longest line, in bytes, that `Engine.lines` is given to read; longer ones are settled beside it. */
export const longestForEngine = 16_000_000;

/** Where SQL runs. Tables live as long as the engine; nothing is seen outside before `writeParquet`. */
export interface Engine {
  readonly name: 'duckdb' | 'spark';
  readonly dialect: Dialect;
  /** @throws EngineError with the engine's message; InterruptedError when the signal given on opening fired. */
  query(sql: string): Promise<Table>;
  /** The result in pieces, for what may not fit in memory. */
  batches(sql: string): AsyncIterable<Table>;
  /** @param stage names the work in progress events; `bytes` is the size of what it reads, where that is known. */
  execute(sql: string, stage?: string, bytes?: number): Promise<void>;
  /** Newline-delimited JSON, plain or compressed. */
  lines(paths: readonly string[], fields: readonly LogField[]): Promise<LineRelation>;
  /** Rows of a Parquet file as a relation with columns `line` (the row as one JSON object with the fields' keys, and `__line`, its number). */
  parquetAsJson(path: string, fields: readonly LogField[]): Promise<string>;
  /** Copies what an `s3://` URL or glob names into a local folder; gives the copies' paths. @throws EngineError where it cannot. */
  download(url: string, folder: string): Promise<string[]>;
  /** A table of the engine's from one in memory. */
  createTable(name: string, table: Table): Promise<void>;
  writeParquet(select: string, path: string): Promise<void>;
  close(): Promise<void>;
}
