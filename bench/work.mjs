import { megabytes, seconds, table, whole } from './numbers.mjs';

/** What each subject does, as a list in Markdown. */
export function workDone({ summary }) {
  return summary.map(({ title, what }) => `- **${title}**: ${what}.`).join('\n');
}

/** Where each subject's time goes. */
export function stagesTable({ summary }) {
  const rows = summary
    .filter((one) => Object.keys(one.seconds).length > 0)
    .map((one) => {
      const stages = Object.entries(one.seconds).map(([stage, value]) => `${stage} ${seconds(value)}`);
      const rest = one.wallSeconds - Object.values(one.seconds).reduce((sum, value) => sum + value, 0);
      return [one.title, stages.join(' · '), seconds(Math.max(0, rest))];
    });
  return table(['median s by stage, as each counts its own', '', ':the rest'], rows);
}

/** How far the outputs agree, subject by subject. @param {string} reference whose Parquet files all were compared with. */
export function sameWork({ summary, checks, rounds }, reference) {
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
    `The same work: compared with the Parquet files of ${reference}, value by value, in ${rounds === 1 ? 'the one round' : `each of ${rounds} rounds`}.`,
    '',
    ...lines,
  ].join('\n');
}

/** The first cells of a subject's row: title, wall s, least – most, CPU s, peak MB, MB of the log a second. */
export function timeCells(one, log) {
  return [
    one.title,
    seconds(one.wallSeconds),
    `${seconds(one.leastSeconds)} – ${seconds(one.mostSeconds)}`,
    one.cpuSeconds === null ? '–' : seconds(one.cpuSeconds),
    megabytes(one.peakBytes),
    whole(log.bytes / 1e6 / one.wallSeconds),
  ];
}
