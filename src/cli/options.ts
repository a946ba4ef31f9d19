import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BadRowLimit } from '../ingest/accounting.ts';
import { type OwnTableSpec, parseOwnTable } from '../pipeline/own-tables/own-table-spec.ts';

/** Options of every command. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--json', 'print the result as JSON; errors as {code, message, details}')
    .option('--debug', 'show the stack of an error');
}

/** Options of every command that computes. */
export function withThreads(command: Command): Command {
  return command.option(
    '--threads <n>',
    'threads to use; never changes a result',
    wholeNumber(1, 1024),
    availableParallelism(),
  );
}

/** Options of every command that reads a log. */
export function withLogOptions(command: Command): Command {
  return withThreads(command)
    .addOption(
      new Option('--max-bad-rows <n|n%>', 'bad lines to bear before giving up')
        .argParser(parseBadRows)
        .default({ share: 0.01 }, '1%'),
    )
    .option('--memory <size>', 'memory for the engine, such as 4GB', parseMemory);
}

/** The option of every command that may join tables of a user's own. */
export function withOwnTables(command: Command): Command {
  return command.option(
    '--with <table>',
    'join a table of your own by user, as of the cutoff where it has dates: FILE[,user=COLUMN][,date=COLUMN]; may be given again',
    (text: string, before: readonly OwnTableSpec[]) => [...before, parseOwnTable(text)],
    [],
  );
}

/** Parser of a whole number in a range. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Parser of a number in a range. */
export function parseNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Columns by name; a name with a comma in it is written in quotes, as in CSV. */
export function parseColumns(text: string): string[] {
  const fields = text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

/** `12` is a count, `2%` a share. */
export function parseBadRows(text: string): BadRowLimit {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (match === null) throw new InvalidArgumentError('Expected a count such as 100 or a share such as 2%.');
  const value = Number(match[1]);
  if (match[2] === '%') {
    if (value > 100) throw new InvalidArgumentError('Expected at most 100%.');
    return { share: value / 100 };
  }
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('Expected a whole number of lines.');
  return { count: value };
}

/** A UTC date `YYYY-MM-DD` as days since 1970. */
export function parseDay(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('Expected a date such as 2018-11-30.');
  }
  return time / 86_400_000;
}

/** A size such as `4GB`, as DuckDB takes it. */
export function parseMemory(text: string): string {
  if (!/^\d+(\.\d+)?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/.test(text)) {
    throw new InvalidArgumentError('Expected a size such as 500MB or 4GB.');
  }
  return text;
}
