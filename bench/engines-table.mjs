import { conditions } from './conditions.mjs';
import { gigabytes, megabytes, ratio, seconds, table, whole } from './numbers.mjs';
import { sameWork, stagesTable, timeCells, workDone } from './work.mjs';

/** What the bench of the engines found, as Markdown: log by log, then how the time grows. */
export function inMarkdown(result) {
  const { logs, rounds, executors } = result;
  const parts = [
    conditions(result),
    workDone(logs[0]),
    ...logs.flatMap((log) => [
      `### ${gigabytes(log.bytes)} GB (${log.file})`,
      mainTable(log),
      stagesTable(log),
      sparkTable(log),
      sameWork({ ...log, rounds }, 'Refrain on DuckDB'),
    ]),
    growthByData(logs),
    growthByExecutors(logs, executors),
  ];
  return parts.filter((text) => text !== '').join('\n\n');
}

function mainTable({ summary, ...log }) {
  const pyspark = summary.find(({ id }) => id === 'pyspark');
  const duckdb = summary.find(({ id }) => id === 'refrain-features');
  const against = (one, base, value) =>
    base === undefined || base === one ? '' : ratio(value(one), value(base));
  const header = [
    ...['', ':wall s, median', ':least – most', ':CPU s', ':peak MB', ':MB/s'],
    ...[':× PySpark', ':× PySpark without start and end', ':× Refrain on DuckDB'],
  ];
  const rows = summary.map((one) => [
    ...timeCells(one, log),
    against(one, pyspark, wall),
    against(one, pyspark, workSeconds),
    against(one, duckdb, wall),
  ]);
  return table(header, rows);
}

/** What each Spark did between the log and the features. */
function sparkTable({ summary }) {
  const header = [
    ...['on Spark', 'stage', ':s', ':Spark stages', ':tasks', ':s of tasks', ':read MB'],
    ...[':shuffle written MB', ':shuffle read MB', ':written MB', ':spilled MB'],
  ];
  const rows = summary.flatMap(({ title, seconds: own, sparkWork = {} }) =>
    Object.entries(sparkWork).map(([stage, did]) => [
      ...[title, stage, stage in own ? seconds(own[stage]) : '', whole(did.stages), whole(did.tasks)],
      ...[seconds(did.taskSeconds), megabytes(did.readBytes), megabytes(did.shuffleWrittenBytes)],
      ...[megabytes(did.shuffleReadBytes), megabytes(did.writtenBytes), megabytes(did.spilledBytes)],
    ]),
  );
  return table(header, rows);
}

/** Wall time on each log, and how many times that on the smallest it is. */
function growthByData(logs) {
  if (logs.length < 2) return '';
  const ascending = logs.toSorted((a, b) => a.bytes - b.bytes);
  const [smallest, ...larger] = ascending;
  const factor = ({ bytes }) => ratio(bytes, smallest.bytes);
  const header = [
    'wall s as data grow',
    ...ascending.map(({ bytes }) => `:${gigabytes(bytes)} GB`),
    ...larger.map((log) => `:data × ${factor(log)}: time ×`),
  ];
  const rows = smallest.summary.map(({ id, title }) => {
    const [first, ...others] = ascending.map((log) => wallOf(log, id));
    return [title, ...[first, ...others].map(seconds), ...others.map((other) => ratio(other, first))];
  });
  return `### As data grow\n\n${table(header, rows)}`;
}

/** Wall time, and the stages' own, on each number of executors, and what part of that on the fewest it is. */
function growthByExecutors(logs, executors) {
  if (executors.length < 2) return '';
  const ids = executors.map((count) => `refrain-spark-${count}`);
  const counts = executors.map((count) => `:${count} executor${count === 1 ? '' : 's'}`);
  const header = [
    'Refrain on Spark, s as executors grow',
    '',
    ...counts,
    ...executors.slice(1).map((count) => `:${count} for ${executors[0]}: time ×`),
  ];
  const rows = logs.flatMap((log) =>
    [
      ['wall', wall],
      ['without start and end', workSeconds],
    ].map(([name, value]) => {
      const values = ids.map((id) => value(log.summary.find((one) => one.id === id)));
      const [first, ...others] = values;
      return [
        ...[`${gigabytes(log.bytes)} GB`, name, ...values.map(seconds)],
        ...others.map((other) => ratio(other, first)),
      ];
    }),
  );
  return `### As executors grow\n\n${table(header, rows)}`;
}

function wallOf({ summary }, id) {
  return wall(summary.find((one) => one.id === id));
}

function wall({ wallSeconds }) {
  return wallSeconds;
}

/** What a subject's own stages take, but for starting Spark. */
function workSeconds({ seconds: { start: _, ...stages } }) {
  return Object.values(stages).reduce((sum, value) => sum + value, 0);
}
