import { ratio, seconds, table, whole } from './numbers.mjs';
import { median } from './summary.mjs';

/** What the bench of attributions found, as Markdown: medians over rounds. */
export function inMarkdown({ date, machine, versions, rows, features, rounds, threads, measurements }) {
  const conditions = [
    `- ${date.slice(0, 10)}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; ${whole(rows)} made-up rows × ${features} features, 200 trees a model`,
    `- ${machine.processor}, ${machine.cores} cores; ${machine.system}; load when it began ${machine.load}`,
    `- Refrain ${versions.refrain}, Node ${versions.node.replace(/^v/, '')}`,
  ].join('\n');
  const isCompared = measurements[0].theirs !== undefined;
  const header = [
    ...['trees', ':leaves', ':CPU s, 1 thread', `:CPU s, ${threads} threads`, `:seconds, ${threads} threads`],
    ':largest error of a sum',
    ...(isCompared ? [':LightGBM: leaves', ':CPU s', ':ratio of CPU s'] : []),
  ];
  const lines = measurements[0].ours.map(({ title }, k) => {
    const ours = (number) => median(measurements.map((round) => number(round.ours[k])));
    const theirs = (number) => median(measurements.map((round) => number(round.theirs[k])));
    const cpu = ours((one) => one.cpuSeconds);
    return [
      title,
      ours(({ leaves }) => leaves).toFixed(0),
      seconds(cpu),
      seconds(ours(({ inThreads }) => inThreads.cpuSeconds)),
      seconds(ours(({ inThreads }) => inThreads.seconds)),
      ours(({ error }) => error).toExponential(1),
      ...(isCompared ? compared(theirs, cpu) : []),
    ];
  });
  return [conditions, table(header, lines)].join('\n\n');
}

function compared(theirs, cpu) {
  const their = theirs(({ cpuSeconds }) => cpuSeconds);
  return [theirs(({ leaves }) => leaves).toFixed(0), seconds(their), ratio(cpu, their)];
}
