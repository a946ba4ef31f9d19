import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { findLocalServer } from '../engine/spark/server/local-server.ts';
import { UsageError } from '../errors.ts';
import type { ReadSettings, SparkTarget } from '../pipeline/settings.ts';

/** What the options of `withEngineOptions` are parsed to. */
export interface EngineOptions {
  readonly engine: 'duckdb' | 'spark';
  readonly remote?: string;
  readonly work?: string;
  readonly memory?: string;
}

/** Options of every command whose work may be done by a cluster. */
export function withEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <engine>', 'where to compute: in this process, or on a Spark cluster')
        .choices(['duckdb', 'spark'])
        .default('duckdb'),
    )
    .addOption(new Option('--remote <url>', 'Spark Connect server, sc://HOST:PORT').env('SPARK_REMOTE'))
    .option('--work <url>', "folder for the cluster's intermediate tables (default: its warehouse)");
}

/** The engine's part of the settings; the token comes from REFRAIN_SPARK_TOKEN. @throws UsageError */
export async function engineSettings(
  { engine, remote, work, memory }: EngineOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Pick<ReadSettings, 'memory' | 'spark'>> {
  if (engine === 'duckdb') {
    if (work !== undefined) throw new UsageError('--work is for --engine spark.', { work });
    return memory === undefined ? {} : { memory };
  }
  if (memory !== undefined) {
    throw new UsageError(
      "--memory is the embedded engine's; a cluster's memory is set where it is started.",
      {
        memory,
      },
    );
  }
  const token = env.REFRAIN_SPARK_TOKEN;
  const target = remote === undefined ? await localServer(env) : { remote };
  return {
    spark: {
      ...target,
      ...(token === undefined || token === '' ? {} : { token }),
      ...(work === undefined ? {} : { work }),
    },
  };
}

/** The server of `refrain spark start`. */
async function localServer(env: NodeJS.ProcessEnv): Promise<SparkTarget> {
  const found = await findLocalServer(env);
  if (found?.state !== 'running') {
    throw new UsageError(
      '--engine spark needs --remote sc://HOST:PORT (or SPARK_REMOTE), or a local server: refrain spark start',
    );
  }
  const { remote, tokenFile } = found.server;
  return { remote, token: await readFile(tokenFile, 'utf8') };
}
