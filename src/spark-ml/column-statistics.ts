import { type Cell, recordsOf } from '../table/table.ts';
import { type ClusterRows, collect, trainingRowsSql } from './training-rows.ts';

/** What imputation needs to know of a feature, missing values apart. */
export interface ColumnStatistics {
  /** Values that are not missing. */
  readonly present: number;
  readonly varies: boolean;
  /** Exact; of an even number of values the mean of the middle two. 0 where every value is missing. */
  readonly median: number;
}

/** Up to so many rows Spark's exact percentile, which keeps all distinct values of all columns in memory, will do. */
const ROWS_IN_MEMORY = 500_000;

/**
 * Statistics of each feature over the training rows. Of many rows, the median is taken in three passes: a bracket of
 * about 1 % of the ranks by a quantile sketch, the ranks that it really holds, and the exact value within it.
 * @param inMemory rows up to which one pass will do.
 */
export async function columnStatistics(
  rows: ClusterRows,
  count: number,
  signal: AbortSignal,
  inMemory = ROWS_IN_MEMORY,
): Promise<ColumnStatistics[]> {
  const ask: Ask = async (columns) => {
    const sql = `select ${columns.join(', ')} from (${trainingRowsSql(rows)})`;
    return recordsOf(await collect(rows.session, sql, signal))[0];
  };
  const features = rows.featureNames.map((_, j) => j);
  if (features.length === 0) return [];
  return count <= inMemory ? inOnePass(features, ask) : inThreePasses(features, ask);
}

/** Gives the only row of a query of the training rows. */
type Ask = (columns: readonly string[]) => Promise<Record<string, Cell>>;

const extent = (j: number) => [`count(x${j}) as n${j}`, `min(x${j}) as min${j}`, `max(x${j}) as max${j}`];

async function inOnePass(features: readonly number[], ask: Ask): Promise<ColumnStatistics[]> {
  const found = await ask(features.flatMap((j) => [...extent(j), `percentile(x${j}, 0.5) as median${j}`]));
  return features.map((j) => statistics(found, j, Number(found[`median${j}`])));
}

async function inThreePasses(features: readonly number[], ask: Ask): Promise<ColumnStatistics[]> {
  const found = await ask(
    features.flatMap((j) => [
      ...extent(j),
      `approx_percentile(x${j}, 0.495, 1000) as low${j}`,
      `approx_percentile(x${j}, 0.505, 1000) as high${j}`,
    ]),
  );
  const varying = features.filter((j) => varies(found, j));
  const ranks = await ask([
    '1 as one',
    ...varying.flatMap((j) => [
      `count_if(x${j} < ${numberSql(found[`low${j}`])}) as below${j}`,
      `count_if(x${j} between ${numberSql(found[`low${j}`])} and ${numberSql(found[`high${j}`])}) as inside${j}`,
    ]),
  ]);
  const medians = await ask(['1 as one', ...varying.flatMap((j) => middleTwo(found, ranks, j))]);
  return features.map((j) =>
    statistics(
      found,
      j,
      varies(found, j)
        ? Number(medians[`lower${j}`]) / 2 + Number(medians[`upper${j}`]) / 2
        : Number(found[`min${j}`]),
    ),
  );
}

/** The two middle values, which are one where the number is odd, among the values of the bracket. */
function middleTwo(found: Record<string, Cell>, ranks: Record<string, Cell>, j: number): string[] {
  const n = Number(found[`n${j}`]);
  const middle = [Math.floor((n - 1) / 2), Math.ceil((n - 1) / 2)];
  const below = Number(ranks[`below${j}`]);
  const inside = Number(ranks[`inside${j}`]);
  const holds = below <= middle[0] && middle[1] < below + inside;
  const bracket = holds
    ? { from: found[`low${j}`], to: found[`high${j}`], below, inside }
    : { from: found[`min${j}`], to: found[`max${j}`], below: 0, inside: n };
  const condition = `x${j} between ${numberSql(bracket.from)} and ${numberSql(bracket.to)}`;
  return middle.map((rank, k) => {
    const share = (rank - bracket.below + 0.5) / bracket.inside;
    return `percentile_disc(${share.toExponential()}) within group (order by x${j}) filter (where ${condition}) as ${k === 0 ? 'lower' : 'upper'}${j}`;
  });
}

function varies(found: Record<string, Cell>, j: number): boolean {
  return found[`min${j}`] !== found[`max${j}`];
}

function statistics(found: Record<string, Cell>, j: number, median: number): ColumnStatistics {
  return { present: Number(found[`n${j}`]), varies: varies(found, j), median };
}

function numberSql(value: Cell): string {
  return `cast(${Number(value).toExponential()} as double)`;
}
