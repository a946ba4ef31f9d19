import { readdirSync, readFileSync } from 'node:fs';

// The kernel counts in hundredths of a second for every process that reads /proc (USER_HZ).
const ticksPerSecond = 100;

/** Memory and processor time of a process and its descendants, from Linux's /proc; nothing elsewhere. */
export class ProcessTree {
  #root;
  #peakBytes = 0;
  #cpuByPid = new Map();

  /** @param {number | undefined} root process id. */
  constructor(root) {
    this.#root = root;
  }

  sample() {
    let sum = 0;
    for (const { pid, cpuSeconds } of processesBelow(this.#root)) {
      this.#cpuByPid.set(pid, cpuSeconds);
      sum += highWaterBytes(pid);
    }
    this.#peakBytes = Math.max(this.#peakBytes, sum);
  }

  /** The greatest sum of the processes' high-water marks, and their processor time when last seen; null where never seen. */
  totals() {
    if (this.#cpuByPid.size === 0) return { peakBytes: null, cpuSeconds: null };
    const cpuSeconds = [...this.#cpuByPid.values()].reduce((sum, seconds) => sum + seconds, 0);
    return { peakBytes: this.#peakBytes, cpuSeconds };
  }
}

/** A process and its descendants as they are now, each with its processor time so far; none where there is no /proc. */
export function processesBelow(root) {
  const processes = listProcesses();
  const tree = new Set([root]);
  // A child's id can be less than its parent's once ids wrap, so one pass in order is not enough.
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  return processes.filter(({ pid }) => tree.has(pid));
}

/** The most memory that a process has held; 0 for one that has ended. */
export function highWaterBytes(pid) {
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '');
  return match === null ? 0 : Number(match[1]) * 1024;
}

/** Its command line, the arguments separated by spaces; empty for one that has ended. */
export function commandLineOf(pid) {
  return (read(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ');
}

function listProcesses() {
  return names('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      if (stat === undefined) return [];
      // The command's name stands in parentheses and may hold spaces: proc(5) counts on from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
      return [{ pid: Number(name), parent: Number(fields[1]), cpuSeconds }];
    });
}

function names(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Undefined for a process that has just ended. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
