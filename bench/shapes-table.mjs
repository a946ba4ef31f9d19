import { conditions } from './conditions.mjs';
import { megabytes, seconds, table, whole } from './numbers.mjs';

/** What the bench of shapes found, as Markdown. */
export function inMarkdown(result) {
  return [conditions(result), mainTable(result), stagesTable(result), equality(result)].join('\n\n');
}

function mainTable({ measurements }) {
  const header = [
    ...['log', 'Spark', ':DuckDB s', ':Spark s', ':driver CPU s', ':driver peak MB'],
    ...[':executors CPU s', ':executor peak MB', ':client peak MB'],
  ];
  const rows = measurements.map(({ title, master, seconds: took, processes }) => {
    const { driver, executors, client } = processes;
    return [
      ...[title, `\`${master}\``, seconds(sum(took.duckdb)), seconds(sum(took.spark))],
      ...[seconds(driver.cpuSeconds), megabytes(driver.peakBytes)],
      ...(executors.processes === 0
        ? ['–', '–']
        : [seconds(executors.cpuSeconds), megabytes(executors.peakBytes)]),
      megabytes(client.peakBytes),
    ];
  });
  return table(header, rows);
}

function stagesTable({ measurements }) {
  const rows = measurements.map(({ title, master, seconds: { spark } }) => [
    ...[title, `\`${master}\``],
    Object.entries(spark)
      .map(([stage, took]) => `${stage} ${seconds(took)}`)
      .join(' · '),
  ]);
  return table(['log', 'Spark', 's by stage'], rows);
}

function equality({ measurements }) {
  const lines = measurements.map(({ title, master, comparisons }) => {
    const bytes = comparisons.reduce((total, one) => total + one.bytes, 0);
    const differing = comparisons.filter(({ equal }) => !equal).map(({ file }) => file);
    const found = differing.length === 0 ? 'all equal' : `DIFFERENT: ${differing.join(', ')}`;
    return `- ${title}, \`${master}\`: ${comparisons.length} files, ${whole(bytes)} bytes, ${found}`;
  });
  return ['Compared with what DuckDB gave, byte by byte:', '', ...lines].join('\n');
}

function sum(bySeconds) {
  return Object.values(bySeconds).reduce((total, value) => total + value, 0);
}
