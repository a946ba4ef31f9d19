/**
 * One entry a subject: medians over the rounds, the range of the wall time, medians of its own stages and of Spark's work in them.
 * @param {readonly {id: string, title: string, what: string}[]} subjects
 * @param {readonly {id: string, wallSeconds: number, cpuSeconds: number | null, peakBytes: number | null, seconds: Record<string, number>}[]} measurements
 */
export function summarise(subjects, measurements) {
  return subjects.map(({ id, title, what }) => {
    const own = measurements.filter((one) => one.id === id);
    const walls = own.map(({ wallSeconds }) => wallSeconds);
    const stages = Object.keys(own[0].seconds);
    return {
      id,
      title,
      what,
      wallSeconds: median(walls),
      leastSeconds: Math.min(...walls),
      mostSeconds: Math.max(...walls),
      cpuSeconds: median(own.map(({ cpuSeconds }) => cpuSeconds)),
      peakBytes: median(own.map(({ peakBytes }) => peakBytes)),
      seconds: Object.fromEntries(
        stages.map((stage) => [stage, median(own.map(({ seconds }) => seconds[stage]))]),
      ),
      ...(own[0].sparkWork === undefined ? {} : { sparkWork: medianWork(own) }),
    };
  });
}

/** Each number of each stage; a round without the stage did nothing in it. */
function medianWork(measurements) {
  const works = measurements.map(({ sparkWork }) => sparkWork);
  const stages = [...new Set(works.flatMap((work) => Object.keys(work)))];
  return Object.fromEntries(
    stages.map((stage) => {
      const names = Object.keys(works.find((work) => stage in work)[stage]);
      return [
        stage,
        Object.fromEntries(
          names.map((name) => [name, median(works.map((work) => work[stage]?.[name] ?? 0))]),
        ),
      ];
    }),
  );
}

/** Of an even number of values the mean of the two in the middle; null when a value is null. */
export function median(values) {
  if (values.includes(null)) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
