import { BroadcastChannel, receiveMessageOnPort } from 'node:worker_threads';
import { type ErrorMessage, fromErrorMessage, toErrorMessage } from './error-message.ts';

/**
 * Threads that run the same function on the same input, and share memory and the work in it. Every member calls the same
 * methods in the same order.
 */
export interface Team {
  readonly size: number;
  /** 0 … size − 1. */
  readonly member: number;
  /** Waits for every member: what they wrote to shared memory before can be read after. */
  readonly meet: () => void;
  /** Zeros in memory that all members share. */
  readonly allocate: (bytes: number) => ArrayBufferLike;
  /** What each member gives, copied, in the order of members, for every member. */
  readonly gather: <T>(value: T) => T[];
}

/** A team of one, which needs no other thread. */
export const alone: Team = {
  size: 1,
  member: 0,
  meet: () => {},
  allocate: (bytes) => new ArrayBuffer(bytes),
  gather: (value) => [value],
};

/** What makes threads a team; the same for each save for `member`. */
export interface TeamPlace {
  readonly size: number;
  readonly member: number;
  /** Of this team alone. */
  readonly name: string;
  /** Zeros at first. */
  readonly barrier: Int32Array<SharedArrayBuffer>;
}

/** The places of a new team. @param name of no other team of this process. */
export function teamPlaces(name: string, size: number): TeamPlace[] {
  const barrier = new Int32Array(new SharedArrayBuffer(BARRIER_BYTES));
  return Array.from({ length: size }, (_, member) => ({ size, member, name, barrier }));
}

/**
 * Does work as a member of a team.
 * @throws what the work throws; the other members then throw the same, instead of waiting for this one.
 */
export function workInTeam<T>(place: TeamPlace, work: (team: Team) => T): T {
  if (place.size === 1) return work(alone);
  const member = new Member(place);
  try {
    return work(member);
  } catch (error) {
    member.breakUp(error);
    throw error;
  } finally {
    member.leave();
  }
}

/** The stretch of 0 … n − 1 that is this member's part. */
export function partOf({ member, size }: Team, n: number): readonly [start: number, end: number] {
  return [Math.floor((member * n) / size), Math.floor(((member + 1) * n) / size)];
}

const WAITING = 0;
const GENERATION = 1;
const BROKEN = 2;
const BARRIER_BYTES = 12;

/** Some microseconds: most waits are shorter than what sleeping and waking cost. */
const SPINS = 2000;

class Member implements Team {
  readonly size: number;
  readonly member: number;
  readonly #barrier: Int32Array<SharedArrayBuffer>;
  readonly #channel: BroadcastChannel;

  constructor({ size, member, name, barrier }: TeamPlace) {
    this.size = size;
    this.member = member;
    this.#barrier = barrier;
    this.#channel = new BroadcastChannel(name);
    this.#channel.unref();
    this.meet();
  }

  readonly meet = (): void => {
    const barrier = this.#barrier;
    const generation = Atomics.load(barrier, GENERATION);
    if (Atomics.add(barrier, WAITING, 1) === this.size - 1) {
      Atomics.store(barrier, WAITING, 0);
      Atomics.add(barrier, GENERATION, 1);
      Atomics.notify(barrier, GENERATION);
    } else {
      for (let k = 0; k < SPINS && Atomics.load(barrier, GENERATION) === generation; k++);
      while (Atomics.load(barrier, GENERATION) === generation) Atomics.wait(barrier, GENERATION, generation);
    }
    if (Atomics.load(barrier, BROKEN) === 1) throw this.#whatBrokeIt();
  };

  readonly allocate = (bytes: number): ArrayBufferLike => {
    const [memory] = this.gather(this.member === 0 ? new SharedArrayBuffer(bytes) : undefined);
    if (!memory) throw new Error('The first thread of the team gave no memory.');
    return memory;
  };

  readonly gather = <T>(value: T): T[] => {
    const values: T[] = new Array(this.size);
    values[this.member] = value;
    this.#channel.postMessage({ member: this.member, value });
    this.meet();
    for (let k = 1; k < this.size; k++) {
      const received = this.#receive<{ readonly member: number; readonly value: T }>();
      if (!received) throw new Error('A thread of the team gave nothing.');
      values[received.member] = received.value;
    }
    this.meet();
    return values;
  };

  #receive<Message>(): Message | undefined {
    // Reflect.apply, since the types know no channel here, which Node has taken since 15.
    return Reflect.apply(receiveMessageOnPort, undefined, [this.#channel])?.message;
  }

  /** The error of the member that failed, so that it does not matter whose is heard of first. */
  #whatBrokeIt(): Error {
    for (;;) {
      const message = this.#receive<{ readonly error?: ErrorMessage }>();
      if (message === undefined) return new Error('Another thread of the team failed.');
      if (message.error !== undefined) return fromErrorMessage(message.error);
    }
  }

  /** Wakes those who wait, and those who come to wait, to throw. */
  breakUp(error: unknown): void {
    this.#channel.postMessage({ error: toErrorMessage(error) });
    Atomics.store(this.#barrier, BROKEN, 1);
    Atomics.add(this.#barrier, GENERATION, 1);
    Atomics.notify(this.#barrier, GENERATION);
  }

  leave(): void {
    this.#channel.close();
  }
}
