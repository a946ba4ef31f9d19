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

/** What a log is read from; `table` is one of the engine's catalogue, by its name. */
export interface LineInput {
  readonly path: string;
  readonly format: 'json' | 'csv' | 'parquet' | 'table';
  /** Only the engine can read it: `bytes` of a line then counts all up to the next line. */
  readonly remote?: true;
  /** Size of a remote file that is not compressed. */
  readonly bytes?: number;
  /** How a CSV file is read. */
  readonly csv?: CsvLayout;
}

/** What CSV files have in common that are read alike. */
export interface CsvLayout {
  /** The field that each column holds, if any. */
  readonly columns: readonly (LogField | null)[];
  /** Number of the line with the header, from 1; only empty ones are before it. 0 where all lines are empty. */
  readonly headerLine: number;
  /** Bytes of the byte order mark. */
  readonly mark: number;
}

/** How a CSV file begins. */
export interface CsvHead {
  /** Its first line that is not empty; empty where all are. */
  readonly header: string;
  /** Number of that line, from 1. */
  readonly headerLine: number;
  /** Bytes of the byte order mark; 0 also where the file is compressed, and nobody knows. */
  readonly mark: number;
  /** Whether a record may go on in the next line. */
  readonly spansLines: boolean;
}

/** What a URL stands for: a local copy, or, where `remote`, a file that only the engine can read. */
export interface Located {
  readonly path: string;
  readonly bytes: number;
  readonly remote: boolean;
  /** Where a copy is from. */
  readonly url?: string;
}

/** What `locate` found, and what a reader should know of it. */
export interface Location {
  readonly files: readonly Located[];
  readonly notes: readonly string[];
}

/**
 * SQL for a relation with one row a line: `file`, `line` (null where blank), `bytes` (of the line), `plain`, `broken`
 * and a column a field (null where absent, null or of another type). A row of Parquet or a table is a line of JSON
 * with the fields' keys, and `__line`, the row's number, before them. So is a record of CSV, with `__line` and `__offset`; what is no record of the
 * layout's columns has its text as `__text` instead.
 */
export interface LineRelation {
  /**
   * `plain` is true only for a line that is one JSON object whose fields have their types; a false one must be judged.
   * `broken` is true for a line that is no UTF-8; `line` then has U+FFFD for what is none.
   */
  readonly sql: string;
  /** SQL for the same that is slower and plain for more lines, for a log of which too many are not. */
  readonly close?: string;
  /** Lines that the engine could not read as text at all, a count a path; known once the relation was read to its end. */
  rejected(): Promise<ReadonlyMap<string, number>>;
  /** The path of the input that a value of `file` stands for. */
  pathOf(file: string): string;
  /** Where the wanted texts stand as lines of remote files of JSON: one file after the other as given, line by line. */
  places(wanted: readonly WantedLines[]): AsyncIterable<PlacedLine>;
}

export interface WantedLines {
  readonly input: LineInput;
  /** The value of `file` that stands for the input. */
  readonly file: string;
  readonly texts: ReadonlySet<string>;
}

export interface PlacedLine {
  /** Which of the wanted, from 0. */
  readonly of: number;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Of its first byte in the decompressed file; of a compressed one, a byte order mark is left out. */
  readonly offset: number;
}

/** Longest line, in bytes, that `Engine.lines` is given to read; longer ones are settled beside it. */
export const longestForEngine = 16_000_000;

/** Where SQL runs. Tables live as long as the engine; nothing is seen outside before `writeParquet`. */
export interface Engine {
  readonly name: 'duckdb' | 'spark';
  readonly dialect: Dialect;
  /** How a file of text may be compressed. */
  readonly decompresses: readonly string[];
  /** @throws EngineError with the engine's message; InterruptedError when the signal given on opening fired. */
  query(sql: string): Promise<Table>;
  /** The result in pieces, for what may not fit in memory. */
  batches(sql: string): AsyncIterable<Table>;
  /** The log's lines; JSON is newline-delimited, plain or compressed. @throws InputError for an input that cannot be read as its format. */
  lines(inputs: readonly LineInput[], fields: readonly LogField[]): Promise<LineRelation>;
  /** Rows of each of the inputs, which are Parquet. @throws InputError */
  countRows(inputs: readonly LineInput[]): Promise<number[]>;
  /** How each of the inputs, remote files of CSV, begins. */
  csvHeads(inputs: readonly LineInput[]): Promise<CsvHead[]>;
  /** The lines of a remote file of text, each with an LF, without a byte order mark. */
  content(input: LineInput): AsyncIterable<Uint8Array>;
  /**
   * The files that a URL, or a glob of URLs, names and that `accept` takes by their name; an engine that cannot read there copies them into the folder.
   * @throws InputError where there is none; EngineError where it cannot.
   */
  locate(url: string, folder: string, accept: (name: string) => boolean): Promise<Location>;
  /** A table of the engine's from one in memory; a table's name is of letters, digits and underscores. */
  createTable(name: string, table: Table): Promise<void>;
  /** A table from what a query gives, in the place of one of that name. @param stage names the work in progress events. */
  createTableAs(name: string, select: string, stage?: string): Promise<void>;
  /**
   * The same of a query that goes once over a log's lines.
   * @param isQuick whether they are read by a relation that has one for reading closely, too.
   * @param bytes the log's size, for progress events.
   */
  createScan(name: string, select: string, isQuick: boolean, bytes: number): Promise<void>;
  /** The same as `createTableAs` for what this process is to hold as well: the embedded engine keeps it in memory, since packing it for its file takes as long as to compute it. */
  createTransientAs(name: string, select: string, stage?: string): Promise<void>;
  createView(name: string, select: string): Promise<void>;
  /** Forgets a table or view, and frees its space. */
  drop(name: string): Promise<void>;
  /** Writes a local file: equal rows give equal bytes, whatever the engine. */
  writeParquet(select: string, path: string): Promise<void>;
  /**
   * Leaves a query's rows where the cluster keeps its data, whole or not at all: in a new folder of Parquet at a URL, or under
   * `table:NAME` in its catalogue. `run` names the publication, of letters, digits and underscores.
   * @throws UsageError where there is no such place, or something is there.
   */
  publish(select: string, target: string, run: string): Promise<void>;
  close(): Promise<void>;
}

/** An engine in this process, which rows can be handed to. */
export interface EmbeddedEngine extends Engine {
  readonly name: 'duckdb';
  /** Makes a table of columns of numbers. */
  createNumbers(name: string, columns: NumberColumns): Promise<void>;
  /** Adds rows to a table that `createNumbers` made for their columns: part by part each would cost 3 ms. */
  append(name: string, parts: readonly NumberColumns[]): Promise<void>;
}

/** Columns of one length, by name, at least one; no number is null. Integers of 32 bits take half the time of doubles. */
export type NumberColumns = Readonly<Record<string, Int32Array | Float64Array>>;

export function isEmbedded(engine: Engine): engine is EmbeddedEngine {
  return engine.name === 'duckdb';
}
