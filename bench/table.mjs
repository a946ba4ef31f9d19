/** What a bench found, as Markdown: the table, where the time goes, and whether the work was the same. */
export function inMarkdown(result) {
  const parts = [conditions, mainTable, workDone, stagesTable, workAlone, sameWork];
  return parts
    .map((part) => part(result))
    .filter((text) => text !== '')
    .join('\n\n');
}

function conditions({ date, machine, versions, log, threads, rounds }) {
  const { processor, cores, memoryBytes, system, load } = machine;
  const names = {
    refrain: 'Refrain',
    node: 'Node',
    duckdb: 'DuckDB',
    pyspark: 'PySpark',
    python: 'Python',
    java: 'Java',
  };
  const used = Object.entries(versions).map(
    ([name, version]) => `${names[name] ?? name} ${version.replace(/^v/, '')}`,
  );
  return [
    `- ${log.file}: ${whole(log.bytes)} bytes, ${whole(log.lines)} lines`,
    `- ${date.slice(0, 10)}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${threads} threads each`,
    `- ${processor}, ${cores} cores, ${gigabytes(memoryBytes)} GB; ${system}; load when it began ${load}`,
    `- ${used.join(', ')}`,
  ].join('\n');
}

function mainTable({ summary, log }) {
  const scan = summary.find(({ id }) => id === 'duckdb');
  const features = summary.find(({ id }) => id === 'refrain-features');
  const header = [
    '| | wall s, median | least – most | CPU s | peak MB | MB/s | × bare scan | × Refrain’s ledger and features |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
  ];
  const rows = summary.map((one) => {
    const cells = [
      one.title,
      seconds(one.wallSeconds),
      `${seconds(one.leastSeconds)} – ${seconds(one.mostSeconds)}`,
      one.cpuSeconds === null ? '–' : seconds(one.cpuSeconds),
      one.peakBytes === null ? '–' : whole(one.peakBytes / 1e6),
      whole(log.bytes / 1e6 / one.wallSeconds),
      ratio(one, scan),
      ratio(one, features),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...header, ...rows].join('\n');
}

function workDone({ summary }) {
  return summary.map(({ title, what }) => `- **${title}**: ${what}.`).join('\n');
}

function stagesTable({ summary }) {
  const rows = summary
    .filter((one) => Object.keys(one.seconds).length > 0)
    .map((one) => {
      const stages = Object.entries(one.seconds).map(([stage, value]) => `${stage} ${seconds(value)}`);
      const rest = one.wallSeconds - Object.values(one.seconds).reduce((sum, value) => sum + value, 0);
      return `| ${one.title} | ${stages.join(' · ')} | ${seconds(Math.max(0, rest))} |`;
    });
  return ['| median s by stage, as each counts its own | | the rest |', '|---|---|---:|', ...rows].join('\n');
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

function sameWork({ summary, checks, rounds }) {
  const lines = [];
  for (const id of new Set(checks.map((check) => check.id))) {
    const own = checks.filter((check) => check.id === id);
    const parts = [...new Set(own.map(({ what }) => what))].map((what) => {
      const same = own.filter((check) => check.what === what);
      const { rows, columns, exactColumns } = same[0];
      const largest = Math.max(...same.map(({ largestDifference }) => largestDifference));
      const others =
        columns > exactColumns ? `, the others to ${largest === 0 ? '0' : largest.toExponential(0)}` : '';
      return `${what} ${whole(rows)} rows × ${columns} columns, ${exactColumns} of them equal${others}`;
    });
    const title = summary.find((one) => one.id === id).title;
    lines.push(`- ${title}: ${parts.join('; ')}`);
  }
  return [
    `The same work: compared with the main job’s Parquet files, value by value, in ${rounds === 1 ? 'the one round' : `each of ${rounds} rounds`}.`,
    '',
    ...lines,
  ].join('\n');
}

function ratio(one, base) {
  return base === undefined || base.id === one.id ? '' : (one.wallSeconds / base.wallSeconds).toFixed(2);
}

function seconds(value) {
  return value.toFixed(value < 10 ? 2 : 1);
}

function gigabytes(bytes) {
  return (bytes / 1e9).toFixed(1);
}

function whole(value) {
  return Math.round(value).toLocaleString('en-US');
}
