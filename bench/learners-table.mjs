import { table } from './numbers.mjs';
import { median } from './summary.mjs';

/** What the bench of learners found, as Markdown: of each contest times as ratios, ours by the peer's, and how well both rank. */
export function inMarkdown({ date, machine, versions, rounds, threads, measurements }, contests) {
  const conditions = [
    `- ${date.slice(0, 10)}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, each with tables drawn anew; medians of ratios, means of differences ± standard error`,
    `- ${machine.processor}, ${machine.cores} cores; ${machine.system}; load when it began ${machine.load}`,
    `- Refrain ${versions.refrain}, Node ${versions.node.replace(/^v/, '')}`,
    '- The tables are made up, those named log-… of simulated logs of as many users; each fit is a process of its own. Less than 1 is ours faster, but for rows predicted a second.',
  ].join('\n');
  const parts = contests.map(({ id, title }) =>
    [
      `**${title}**`,
      contestTable(
        measurements.filter(({ contest }) => contest === id),
        threads,
      ),
    ].join('\n\n'),
  );
  return [conditions, ...parts].join('\n\n');
}

function contestTable(measurements, threads) {
  const header = [
    'table',
    ...threads.flatMap((count) => [`:cold, ${count} thr.`, `:warm, ${count} thr.`, `:CPU, ${count} thr.`]),
    ...[':rows/s', ':peak memory', ':AUC', ':difference', ':AP difference'],
  ];
  const names = [...new Set(measurements.map(({ dataset }) => dataset))];
  const rows = names.map((name) => {
    const own = measurements.filter(({ dataset }) => dataset === name);
    const once = own.filter(({ threads: count }) => count === threads[0]);
    const times = threads.flatMap((count) => {
      const those = own.filter((one) => one.threads === count);
      return [
        ratioOf(those, ({ seconds }) => seconds[0]),
        ratioOf(those, ({ seconds }) => median(seconds.slice(1))),
        ratioOf(those, ({ cpuSeconds }) => median(cpuSeconds.slice(1))),
      ];
    });
    return [
      name,
      ...times,
      ratioOf(once, ({ predict }) => predict.rows / predict.cpuSeconds),
      ratioOf(once, ({ peakBytes }) => peakBytes),
      median(once.map(({ ours }) => ours.rocAuc)).toFixed(4),
      difference(once, ({ rocAuc }) => rocAuc),
      difference(once, ({ averagePrecision }) => averagePrecision),
    ];
  });
  return table(header, rows);
}

/** The median over rounds of ours by theirs. */
function ratioOf(measurements, number) {
  const ratios = measurements.map(({ ours, theirs }) => number(ours) / number(theirs));
  return ratios.some(Number.isNaN) ? '–' : median(ratios).toFixed(2);
}

/** The mean over rounds of ours less theirs, with its standard error. */
function difference(measurements, number) {
  const differences = measurements.map(({ ours, theirs }) => number(ours) - number(theirs));
  const n = differences.length;
  const mean = differences.reduce((sum, x) => sum + x, 0) / n;
  const variance = differences.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, n - 1);
  const error = n > 1 ? ` ± ${Math.sqrt(variance / n).toFixed(5)}` : '';
  return `${mean >= 0 ? '+' : '−'}${Math.abs(mean).toFixed(5)}${error}`;
}
