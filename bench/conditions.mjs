import { gigabytes, whole } from './numbers.mjs';

/** On what, when and with what it was measured, as a list in Markdown. */
export function conditions({ date, machine, versions, logs, threads, rounds }) {
  const { processor, cores, memoryBytes, system, load } = machine;
  const names = {
    refrain: 'Refrain',
    node: 'Node',
    duckdb: 'DuckDB',
    spark: 'Spark',
    pyspark: 'PySpark',
    polars: 'Polars',
    python: 'Python',
    java: 'Java',
  };
  const used = Object.entries(versions).map(
    ([name, version]) => `${names[name] ?? name} ${version.replace(/^v/, '')}`,
  );
  return [
    ...logs.map((log) => `- ${log.file}: ${whole(log.bytes)} bytes, ${whole(log.lines)} lines`),
    `- ${date.slice(0, 10)}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${threads} threads each`,
    `- ${processor}, ${cores} cores, ${gigabytes(memoryBytes)} GB; ${system}; load when it began ${load}`,
    `- ${used.join(', ')}`,
  ].join('\n');
}
