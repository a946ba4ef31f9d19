import type { Engine } from '../../engine/engine.ts';
import { identifier } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import { numbersOf } from '../../table/table.ts';
import { readText } from './read-columns.ts';
import type { TableColumn, TableFile } from './table-file.ts';

/**
 * Refuses columns of text that are numbers in all but a few rows: as categories they would say little, and nobody would
 * know of the few. Text that is all numbers, such as codes with leading zeros, passes.
 * @throws InputError naming the column and the first row that is no number.
 */
export async function checkText(
  engine: Engine,
  file: TableFile,
  columns: readonly TableColumn[],
): Promise<void> {
  const texts = columns.filter(({ type }) => type === 'VARCHAR');
  if (texts.length === 0) return;
  const counts = texts.flatMap(({ name }, j) => {
    const column = identifier(name);
    return [`count(${column}) as present${j}`, `count(${finiteNumber(column)}) as numbers${j}`];
  });
  const table = await engine.query(`select ${counts.join(', ')} from ${file.sql}`);
  for (const [j, column] of texts.entries()) {
    const [present] = numbersOf(table, `present${j}`);
    const [numbers] = numbersOf(table, `numbers${j}`);
    if (numbers < present && numbers > present / 2)
      throw await strayText(engine, file, column, numbers / present);
  }
}

function finiteNumber(column: string): string {
  return `case when isfinite(try_cast(${column} as double)) then 1 end`;
}

async function strayText(
  engine: Engine,
  file: TableFile,
  column: TableColumn,
  share: number,
): Promise<InputError> {
  const texts = await readText(engine, file, column);
  const row = texts.findIndex((text) => text !== null && !Number.isFinite(Number(text)));
  const name = JSON.stringify(column.name);
  return new InputError(
    `The column ${name} of ${file.path} holds numbers in ${Math.floor(share * 100)} % of its rows, and ${JSON.stringify(texts[row])} in row ${row + 1}: mend it, leave it empty where it is missing, or say that it is a category with --category ${name}.`,
    { path: file.path, column: column.name, row: row + 1 },
  );
}
