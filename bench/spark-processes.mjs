import { commandLineOf, highWaterBytes, processesBelow } from './process-tree.mjs';

/** Processor time and memory of a Spark's driver, its executors and this process, their client, from Linux's /proc. */
export class SparkProcesses {
  #driver;
  #seen = new Map();

  /** @param {number} driver process id. */
  constructor(driver) {
    this.#driver = driver;
  }

  sample() {
    for (const { pid, cpuSeconds } of processesBelow(process.pid).concat(processesBelow(this.#driver))) {
      const kind = this.#seen.get(pid)?.kind ?? this.#kindOf(pid);
      if (kind !== undefined) this.#seen.set(pid, { kind, cpuSeconds, peakBytes: highWaterBytes(pid) });
    }
  }

  /** `{driver, executors, client}`, each `{processes, cpuSeconds, peakBytes}`: the sum of their seconds, and the most that one of them held. */
  totals() {
    const all = [...this.#seen.values()];
    const of = (kind) => {
      const own = all.filter((one) => one.kind === kind);
      return {
        processes: own.length,
        cpuSeconds: own.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
        peakBytes: Math.max(0, ...own.map(({ peakBytes }) => peakBytes)),
      };
    };
    return { driver: of('driver'), executors: of('executor'), client: of('client') };
  }

  #kindOf(pid) {
    if (pid === this.#driver) return 'driver';
    if (pid === process.pid) return 'client';
    return commandLineOf(pid).includes('CoarseGrainedExecutorBackend') ? 'executor' : undefined;
  }
}
