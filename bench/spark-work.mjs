const sums = [
  'numCompleteTasks',
  'executorRunTime',
  'inputBytes',
  'outputBytes',
  'shuffleWriteBytes',
  'shuffleReadBytes',
  'diskBytesSpilled',
];

/**
 * What Spark did in each stage of a job: the sums over the Spark stages that were submitted while the job was in it.
 * @param {{spans: {stage: string, begin: number, end: number}[], stages: object[]}} told times in ms since 1970, and Spark stages
 *   as its REST API describes them.
 * @returns {Record<string, {stages: number, tasks: number, taskSeconds: number, readBytes: number, writtenBytes: number, shuffleWrittenBytes: number,
 *   shuffleReadBytes: number, spilledBytes: number}>} by the job's stage, in its order; what fell between stages is under "the rest".
 */
export function workByStage({ spans, stages }) {
  const totals = new Map(spans.map(({ stage }) => [stage, emptyTotal()]));
  // A skipped stage has no time of submission: its output was there already.
  for (const one of stages.filter(({ submissionTime }) => submissionTime !== undefined)) {
    const time = Date.parse(one.submissionTime.replace(/GMT$/, 'Z'));
    const stage = spans.find(({ begin, end }) => time >= begin && time <= end)?.stage ?? 'the rest';
    const total = totals.get(stage) ?? emptyTotal();
    totals.set(stage, total);
    total.stages++;
    for (const name of sums) total[name] += one[name];
  }
  const worked = [...totals].filter(([, { stages }]) => stages > 0);
  return Object.fromEntries(worked.map(([stage, total]) => [stage, named(total)]));
}

function emptyTotal() {
  return { stages: 0, ...Object.fromEntries(sums.map((name) => [name, 0])) };
}

function named(total) {
  return {
    stages: total.stages,
    tasks: total.numCompleteTasks,
    taskSeconds: total.executorRunTime / 1000,
    readBytes: total.inputBytes,
    writtenBytes: total.outputBytes,
    shuffleWrittenBytes: total.shuffleWriteBytes,
    shuffleReadBytes: total.shuffleReadBytes,
    spilledBytes: total.diskBytesSpilled,
  };
}
