// Whether two runs did the same work: a benchmark of different work is worthless.
import { connect } from './duckdb.mjs';
import { BenchError } from './errors.mjs';

const tolerance = 1e-9;

/**
 * Compares every column of `ours` (Parquet) with the column of that name in `theirs`, row by row of the same key. Texts, integers
 * and columns that hold only whole numbers must be equal; others may differ by 1e-9, relatively above 1.
 * @param {{what: string, who: string, ours: string, theirs: string, key: string[]}} question
 * @returns {Promise<{rows: number, columns: number, exactColumns: number, largestDifference: number}>}
 * @throws {BenchError} that names the rows or the columns that differ.
 */
export async function verifySame(question) {
  const duckdb = await connect();
  try {
    const rows = await sameKeys(duckdb, question);
    const columns = await sharedColumns(duckdb, question);
    const differences = await compare(duckdb, question, columns);
    // Written so that NaN, which compares with nothing, is wrong.
    const wrong = differences.filter(({ largest, exact }) => !(largest <= (exact ? 0 : tolerance)));
    if (wrong.length > 0) {
      const list = wrong
        .slice(0, 5)
        .map(({ name, largest, rows }) => `  ${name}: ${rows} rows, by up to ${largest}`);
      throw different(
        question,
        `differs in ${wrong.length} of ${columns.length} columns:\n${list.join('\n')}`,
      );
    }
    return {
      rows,
      columns: columns.length,
      exactColumns: differences.filter(({ exact }) => exact).length,
      largestDifference: Math.max(...differences.map(({ largest }) => largest)),
    };
  } finally {
    duckdb.close();
  }
}

async function sameKeys(duckdb, { ours, theirs, key, ...question }) {
  const [a, b] = [parquet(ours), parquet(theirs)];
  const columns = key.map(quoted).join(', ');
  const [count] = await duckdb.rows(
    `select (select count(*) from ${a}) as ours, (select count(*) from ${b}) as theirs,
      (select count(*) from (select ${columns} from ${a} intersect select ${columns} from ${b})) as both`,
  );
  if (count.ours === 0 || count.ours !== count.theirs || count.ours !== count.both) {
    const counts = `${count.theirs} rows where Refrain’s has ${count.ours}; ${count.both} have a ${key.join(' and ')} of their own in both`;
    throw different(question, `has ${counts}.`);
  }
  return count.ours;
}

async function sharedColumns(duckdb, { ours, theirs, key, ...question }) {
  const describe = (path) =>
    duckdb.rows(`select column_name as name, column_type as type from (describe from ${parquet(path)})`);
  const columns = (await describe(ours)).filter(({ name }) => !key.includes(name));
  const present = new Set((await describe(theirs)).map(({ name }) => name));
  const missing = columns.filter(({ name }) => !present.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw different(question, `lacks ${missing.length} columns: ${missing.slice(0, 5).join(', ')}.`);
  return columns;
}

/** For each column the largest difference of a row: Infinity where texts differ, or only one side is missing. */
async function compare(duckdb, { ours, theirs, key }, columns) {
  const terms = columns.flatMap(({ name, type }, i) => {
    const [a, b] = [`a.${quoted(name)}`, `b.${quoted(name)}`];
    const isNumber = type !== 'VARCHAR';
    const difference = isNumber ? `abs(${a} - ${b}) / greatest(abs(${a}), 1)` : `'inf'::double`;
    const each = `case when ${a} is not distinct from ${b} then 0 else coalesce(${difference}, 'inf'::double) end`;
    return [
      `max(${each}) as largest_${i}`,
      `count(*) filter (where ${each} > 0) as rows_${i}`,
      `coalesce(bool_and(${isNumber ? `${a} = floor(${a})` : 'true'}), true) as exact_${i}`,
    ];
  });
  const pairs = key.map((name) => `a.${quoted(name)} = b.${quoted(name)}`).join(' and ');
  const [result] = await duckdb.rows(
    `select ${terms.join(', ')} from ${parquet(ours)} a join ${parquet(theirs)} b on ${pairs}`,
  );
  return columns.map(({ name }, i) => ({
    name,
    largest: result[`largest_${i}`],
    rows: result[`rows_${i}`],
    exact: result[`exact_${i}`],
  }));
}

function different({ what, who }, how) {
  return new BenchError(
    `${who} did other work than Refrain, so its time says nothing: its ${what}.parquet ${how}\nRefrain leaves out doubled and bad lines, which PySpark does not: does refrain run count some in this log?`,
  );
}

function parquet(path) {
  return `read_parquet('${path.replaceAll("'", "''")}')`;
}

function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
