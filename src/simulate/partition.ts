import { type LineParts, lineParts } from './line-parts.ts';
import { LineWriter, nothing } from './line-writer.ts';
import { arrivalCount, arrivals, type Listener, type LogPlan, member, namesAccount } from './population.ts';
import { orderBySecond, RowBuffer } from './row-buffer.ts';
import { stateFlags, statesOf } from './states.ts';
import { step, type World } from './walk.ts';
import { buildWorld } from './world.ts';

/** The share of the listeners one thread walks: accounts `first` … `last - 1`, and the newcomers if it has the last. */
export interface Share {
  readonly first: number;
  readonly last: number;
}

/** The rows of one share of the listeners in one slice of time. */
export interface SlicePart {
  /** Whole lines in the order of time; those of one second in the order of their listeners. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `ends[s]` is where the lines up to and with second s of the slice end. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Rows of each state. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Listeners of whom this slice has the first row that names their account. */
  readonly newUsers: number;
}

/** Goes through time slice by slice; holds the listeners' walks and no row of an earlier slice. */
export interface Partition {
  /** @param from, @param to seconds since the epoch; `from` is the last call's `to`. @param spare a buffer to reuse. */
  readonly next: (from: number, to: number, spare: Uint8Array<ArrayBuffer>) => SlicePart;
}

/** @param pause is awaited now and then while the listeners are set up. */
export async function createPartition(
  plan: LogPlan,
  share: Share,
  pause: () => Promise<void>,
): Promise<Partition> {
  const world = buildWorld(plan);
  const listeners = await listenersOf(plan, world, share, pause);
  const parts = lineParts(plan, listeners, world.catalogue);
  const rows = new RowBuffer();
  const states = statesOf(plan.scenario).length;
  const seen = new Uint8Array(listeners.length);
  let present = Int32Array.from(listeners, (_, i) => i);

  const next = (from: number, to: number, spare: Uint8Array<ArrayBuffer>): SlicePart => {
    present = walkTo(listeners, present, world, rows, from, to);
    const { order, ends } = orderBySecond(rows, to - from);
    const { writer, byteEnds } = writeRows(rows, order, ends, parts, from, spare);
    return {
      bytes: writer.bytes.subarray(0, writer.length),
      ends: byteEnds,
      rows: countByState(rows, states),
      newUsers: countNewUsers(rows, seen),
    };
  };
  return { next };
}

const MEMBERS_A_PAUSE = 256;
const isSong = stateFlags(({ page }) => page === 'NextSong');

async function listenersOf(
  plan: LogPlan,
  world: World,
  { first, last }: Share,
  pause: () => Promise<void>,
): Promise<readonly Listener[]> {
  const members = plan.users - arrivalCount(plan);
  const listeners: Listener[] = [];
  for (let account = first; account < Math.min(last, members); account++) {
    if (account % MEMBERS_A_PAUSE === 0) await pause();
    listeners.push(member(plan, world, account));
  }
  if (last === plan.users) listeners.push(...arrivals(plan, world));
  return listeners;
}

/** Collects the events before `to` of those who are present. @returns those still there after it. */
function walkTo(
  listeners: readonly Listener[],
  present: Int32Array,
  world: World,
  rows: RowBuffer,
  from: number,
  to: number,
): Int32Array<ArrayBuffer> {
  rows.count = 0;
  const staying = new Int32Array(present.length);
  let stayed = 0;
  for (const index of present) {
    const { walk } = listeners[index];
    let goesOn = true;
    while (goesOn && walk.time < to) {
      rows.reserve();
      const at = rows.count++;
      rows.second[at] = walk.time - from;
      rows.listener[at] = index;
      rows.state[at] = walk.state;
      rows.session[at] = walk.session;
      rows.itemInSession[at] = walk.itemInSession;
      rows.song[at] = isSong[walk.state] === 1 ? walk.song : -1;
      goesOn = step(walk, world);
    }
    if (goesOn) staying[stayed++] = index;
  }
  return staying.slice(0, stayed);
}

function writeRows(
  rows: RowBuffer,
  order: Int32Array,
  ends: Int32Array,
  parts: LineParts,
  from: number,
  spare: Uint8Array<ArrayBuffer>,
): { writer: LineWriter; byteEnds: Uint32Array<ArrayBuffer> } {
  const { state, listener, session, itemInSession, song } = rows;
  const { anonymous, heads, details, songOf } = parts;
  const writer = new LineWriter(parts.states, spare);
  const byteEnds = new Uint32Array(ends.length);
  for (let second = 0, i = 0; second < ends.length; second++) {
    if (i < ends[second]) writer.setTime(from + second);
    for (; i < ends[second]; i++) {
      const row = order[i];
      const named = namesAccount[state[row]] === 1;
      writer.row(
        named ? heads[listener[row]] : anonymous,
        session[row],
        state[row],
        itemInSession[row],
        named ? details[listener[row]] : nothing,
        song[row] < 0 ? nothing : songOf(song[row]),
      );
    }
    byteEnds[second] = writer.length;
  }
  return { writer, byteEnds };
}

function countByState({ count, state }: RowBuffer, states: number): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(states);
  for (let i = 0; i < count; i++) counts[state[i]]++;
  return counts;
}

function countNewUsers({ count, state, listener }: RowBuffer, seen: Uint8Array): number {
  let users = 0;
  for (let i = 0; i < count; i++) {
    if (namesAccount[state[i]] === 0 || seen[listener[i]] === 1) continue;
    seen[listener[i]] = 1;
    users++;
  }
  return users;
}
