import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from '../../src/engine/spark/server/daemon.ts';
import { stopProcess } from '../../src/engine/spark/server/stop.ts';

/** A server that stands in for a real one during tests. */
export interface StandIn {
  /** What the first group of the pattern has matched. */
  readonly announced: string;
  /** All that it writes; goes when it is stopped. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface StandInProgram {
  readonly name: string;
  readonly file: string;
  /** Given the folder that the program may write to. */
  readonly args: (folder: string) => readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What it writes when it takes requests. */
  readonly isUp: RegExp;
}

/** Starts a program in a folder of its own and waits until it takes requests; it ends with this process in any case. */
export async function startStandIn({ args, isUp, ...program }: StandInProgram): Promise<StandIn> {
  const folder = await mkdtemp(join(tmpdir(), `refrain-${program.name.replaceAll(' ', '-')}-`));
  const command = { ...program, args: args(folder), folder, log: join(folder, 'output.log') };
  try {
    const daemon = await startDaemon(command, isUp, new AbortController().signal);
    return {
      announced: daemon.announced,
      folder,
      stop: async () => {
        await stopProcess(daemon.process);
        daemon.letGo();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
