import { conditions } from './conditions.mjs';
import { ratio, seconds, table } from './numbers.mjs';
import { sameWork, stagesTable, timeCells, workDone } from './work.mjs';

/** What a bench found, as Markdown: the table, where the time goes, and whether the work was the same. */
export function inMarkdown(result) {
  const parts = [
    conditions({ ...result, logs: [result.log] }),
    mainTable(result),
    workDone(result),
    stagesTable(result),
    workAlone(result),
    sameWork(result, 'the main job'),
  ];
  return parts.filter((text) => text !== '').join('\n\n');
}

function mainTable({ summary, log }) {
  const scan = summary.find(({ id }) => id === 'duckdb');
  const features = summary.find(({ id }) => id === 'refrain-features');
  const header = [
    ...['', ':wall s, median', ':least – most', ':CPU s', ':peak MB', ':MB/s'],
    ...[':× bare scan', ':× Refrain’s ledger and features'],
  ];
  const rows = summary.map((one) => [
    ...timeCells(one, log),
    ...[scan, features].map((base) => (base === one ? '' : ratio(one.wallSeconds, base?.wallSeconds))),
  ]);
  return table(header, rows);
}

/** The stages that both sides have, without what each process takes to start and end. */
function workAlone({ summary }) {
  const refrain = summary.find(({ id }) => id === 'refrain').seconds;
  const pyspark = summary.find(({ id }) => id === 'pyspark')?.seconds;
  if (pyspark === undefined) return '';
  const ours = refrain.ingest + refrain.ledger + refrain.features;
  const theirs = pyspark.ledger + pyspark.features;
  return `Without starting and ending a process: ingest, ledger and features of the main job take ${seconds(ours)} s, ledger (with its reading) and features of PySpark ${seconds(theirs)} s: ${(theirs / ours).toFixed(2)} times as long.`;
}
