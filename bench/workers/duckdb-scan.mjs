// node duckdb-scan.mjs LOG THREADS: counts the values of every column that the definition names.
import { DuckDBInstance } from '@duckdb/node-api';
import { sparkify } from '../../dist/index.js';

const [log, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads, preserve_insertion_order: 'false' });
const connection = await instance.connect();
const columns = typedColumns(sparkify);
const counts = columns.map(([name]) => `count(${quoted(name)}) as ${quoted(name)}`);
const types = columns.map(([name, type]) => `${literal(name)}: '${type}'`);
const result = await connection.runAndReadAll(
  `select ${counts.join(', ')} from read_json(${literal(log)}, format = 'newline_delimited', columns = {${types.join(', ')}})`,
);
process.stdout.write(`${JSON.stringify(result.getRowObjectsJson()[0])}\n`);

function typedColumns({ columns, dimensions }) {
  const typed = Object.entries(columns).map(([part, column]) => {
    if (typeof column === 'string') return [column, part === 'sequence' ? 'BIGINT' : 'VARCHAR'];
    return [column.column, part === 'duration' ? 'DOUBLE' : 'BIGINT'];
  });
  return [...typed, ...dimensions.map((name) => [name, 'VARCHAR'])];
}

function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
