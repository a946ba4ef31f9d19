import { readModule } from '../webassembly-module.ts';
import { Refusal } from './refusal.ts';

/** What the kernel asks for; see `kernel/tally/host.ts`. Addresses are into its memory. */
export interface KernelHost {
  addText(slot: number, at: number, length: number): number;
  isText(at: number, length: number): number;
  isoMillis(at: number, length: number): number;
  addKind(kind: number): void;
}

type Setting =
  | 'actionSlot'
  | 'agentSlot'
  | 'areKindsOfUser'
  | 'creatorSlot'
  | 'durationScale'
  | 'durationSlot'
  | 'earliest'
  | 'emptyAction'
  | 'emptyUser'
  | 'genderSlot'
  | 'itemSlot'
  | 'latest'
  | 'locationSlot'
  | 'longestDuration'
  | 'registeredSlot'
  | 'registeredUnit'
  | 'sequenceSlot'
  | 'sessionSlot'
  | 'timeSlot'
  | 'timeUnit'
  | 'userSlot';

type Count =
  | 'accepted'
  | 'anonymous'
  | 'creators'
  | 'durations'
  | 'isOdd'
  | 'items'
  | 'lines'
  | 'nameless'
  | 'sequences';

type ListName =
  | 'creatorUserList'
  | 'firstCreatorList'
  | 'firstItemList'
  | 'hourCountList'
  | 'hourList'
  | 'kindList'
  | 'lossList'
  | 'partColumnList'
  | 'partitionStartList'
  | 'playList'
  | 'playedTrackList'
  | 'profileCountList'
  | 'profileList'
  | 'sortedList'
  | 'trackList'
  | 'userHourList'
  | 'userKindList';

interface Value {
  value: number;
}

/** What `kernel/tally/index.ts` exports. */
interface Exports extends Readonly<Record<Setting | Count | ListName | 'codes' | 'numbers', Value>> {
  readonly memory: { readonly buffer: ArrayBuffer };
  addKindSlot(slot: number): void;
  addKindSpanSlot(slot: number): void;
  addRow(): number;
  addUserSlot(slot: number): void;
  allocate(bytes: number): number;
  /** Makes room in `playList`, for the host to fill. */
  beginPlays(plays: number): void;
  beginRow(): void;
  clear(): void;
  closeKindSpanSlots(): void;
  /** To be called before the counts of profiles are asked for. */
  countRowsOfSpans(): void;
  countPlays(): void;
  codeOf(slot: number, at: number, length: number): number;
  keepKind(
    kind: number,
    low: number,
    high: number,
    plan: number,
    flags: number,
    roles: number,
    roleCount: number,
  ): void;
  keepText(slot: number, code: number, low: number, high: number): void;
  /** To be called before the columns of parts are asked for. */
  layOut(): void;
  /** To be called once before `beginPlays`; then the host fills `playedTrackList`. */
  openPlays(lastUser: number, lastTrack: number, lastCreator: number): void;
  readLine(at: number): number;
  release(at: number): void;
  setRoles(roles: number): void;
  setShapes(nodes: number, edges: number): void;
  setSlots(slots: number): void;
  sortHashes(partitions: number, shift: number): void;
  sortPlays(partitions: number, shift: number): void;
  tallyLines(at: number, stop: number): number;
}

/** An instance of the WebAssembly module of `kernel/tally/`, with its memory. */
export class Kernel {
  readonly call: Exports;
  #bytes: Buffer;

  /** @throws EngineError when the module has not been built. */
  constructor(host: KernelHost) {
    const { exports } = new WebAssembly.Instance(moduleOf(), { host: { ...host, refuse }, env: { abort } });
    // The module is built with this one, and the compiler of each knows its own half alone.
    this.call = exports as unknown as Exports;
    this.#bytes = Buffer.from(this.call.memory.buffer);
  }

  /** All of the memory; valid until the kernel is called, which may have it grow. */
  get bytes(): Buffer {
    const { buffer } = this.call.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = Buffer.from(buffer);
    return this.#bytes;
  }

  /** A copy of what a list holds. */
  list(name: ListName): ArrayBuffer {
    const { byteOffset, byteLength } = this.view(name);
    return this.call.memory.buffer.slice(byteOffset, byteOffset + byteLength);
  }

  /** What a list holds; valid as long as `bytes`. */
  view(name: ListName): Uint8Array {
    const { buffer } = this.call.memory;
    const [start, length] = new Uint32Array(buffer, this.call[name].value, 2);
    return new Uint8Array(buffer, start, length);
  }

  /** As `view`, numbers of four bytes. */
  numbers(name: ListName): Int32Array {
    const { buffer, byteOffset, byteLength } = this.view(name);
    return new Int32Array(buffer, byteOffset, byteLength / 4);
  }

  /** The codes and the numbers of the row at hand, by slot; valid as long as `bytes`. */
  row(slots: number): { readonly codes: Int32Array; readonly numbers: Float64Array } {
    const { buffer } = this.call.memory;
    return {
      codes: new Int32Array(buffer, this.call.codes.value, slots),
      numbers: new Float64Array(buffer, this.call.numbers.value, slots),
    };
  }

  /** Copies bytes into memory that `call.release` gives back. */
  put(bytes: Uint8Array): number {
    const at = this.call.allocate(bytes.length);
    this.bytes.set(bytes, at);
    return at;
  }
}

const refusals = [
  'the log has more than a gigabyte of different texts',
  'durations of one user and day add up to more than 2^53 units of 10 µs',
  'the log has more different users, texts or pairs than the memory of a kernel holds',
];

function refuse(reason: number): never {
  throw new Refusal(refusals[reason]);
}

/** What the compiler has called where an invariant of its own is broken. */
function abort(_message: number, _file: number, line: number, column: number): never {
  throw new RangeError(`The kernel ended itself at ${line}:${column} of one of its files.`);
}

let compiled: WebAssembly.Module | undefined;

function moduleOf(): WebAssembly.Module {
  compiled ??= readModule('tally/kernel.wasm');
  return compiled;
}
