import { conditions } from './conditions.mjs';
import { gigabytes, megabytes, ratio, seconds, table, whole } from './numbers.mjs';
import { refrainRun } from './subjects/refrain-run.mjs';
import { sameWork, stagesTable, timeCells, workDone } from './work.mjs';

/** What the bench of growing logs found, as Markdown: how time and memory grow, then log by log. */
export function inMarkdown(result) {
  const { logs, rounds } = result;
  const parts = [
    conditions(result),
    workDone(logs[0]),
    growth(logs, 'wall s', ({ wallSeconds }) => seconds(wallSeconds)),
    growth(logs, 'CPU s', ({ cpuSeconds }) => (cpuSeconds === null ? '–' : seconds(cpuSeconds))),
    growth(logs, 'peak MB', ({ peakBytes }) => megabytes(peakBytes)),
    perMillionLines(logs),
    stageGrowth(logs),
    ...logs.flatMap((log) => [
      `### ${gigabytes(log.bytes)} GB (${log.file})`,
      mainTable(log),
      stagesTable(log),
      sameWork({ ...log, rounds }, 'the main job'),
    ]),
  ];
  return parts.filter((text) => text !== '').join('\n\n');
}

function mainTable({ summary, ...log }) {
  const scan = summary.find(({ id }) => id === 'duckdb');
  const header = [
    ...['', ':wall s, median', ':least – most', ':CPU s', ':peak MB', ':MB/s'],
    ':× bare scan',
    ':its CPU',
  ];
  const rows = summary.map((one) => [
    ...timeCells(one, log),
    one === scan ? '' : ratio(one.wallSeconds, scan?.wallSeconds),
    one === scan || one.cpuSeconds === null ? '' : ratio(one.cpuSeconds, scan?.cpuSeconds),
  ]);
  return table(header, rows);
}

/** A value of each subject on each log. */
function growth(logs, what, cell) {
  const header = [what, ...logs.map(({ bytes }) => `:${gigabytes(bytes)} GB`)];
  const rows = logs[0].summary.map(({ id, title }) => [
    title,
    ...logs.map(({ summary }) => cell(summary.find((one) => one.id === id))),
  ]);
  return table(header, rows);
}

/** Seconds of wall of every stage of the main job on each log. */
function stageGrowth(logs) {
  const jobs = logs.map(({ summary }) => summary.find(({ id }) => id === refrainRun.id));
  const stages = Object.keys(jobs.at(-1).seconds);
  const header = ['wall s of the main job', ...logs.map(({ bytes }) => `:${gigabytes(bytes)} GB`)];
  const rows = stages.map((stage) => [stage, ...jobs.map((job) => seconds(job.seconds[stage] ?? 0))]);
  return table(header, rows);
}

/** What a million lines more cost, from one log to the next: constant where time is linear. */
function perMillionLines(logs) {
  if (logs.length < 2) return '';
  const steps = logs.slice(1).map((log, i) => ({ log, before: logs[i] }));
  const header = [
    's of wall for a million lines more',
    ...steps.map(({ log, before }) => `:${gigabytes(before.bytes)} → ${gigabytes(log.bytes)} GB`),
  ];
  const rows = logs[0].summary.map(({ id, title }) => [
    title,
    ...steps.map(({ log, before }) => {
      const [from, to] = [before, log].map(({ summary }) => summary.find((one) => one.id === id).wallSeconds);
      return seconds(((to - from) / (log.lines - before.lines)) * 1e6);
    }),
  ]);
  const total = whole(logs.at(-1).lines);
  return `${table(header, rows)}\n\nThe largest log has ${total} lines.`;
}
