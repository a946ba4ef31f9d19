import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import type { ReadSettings, SparkTarget } from '../pipeline/settings.ts';

/** What the options of `withRemoteOptions` are parsed to. */
export interface RemoteOptions {
  readonly remote?: string;
  readonly work?: string;
}

/** What the options of `withEngineOptions` are parsed to. */
export interface EngineOptions extends RemoteOptions {
  readonly engine: 'duckdb' | 'spark';
  readonly memory?: string;
}

/** Options of every command whose work may be done by a cluster. */
export function withEngineOptions(command: Command): Command {
  return withRemoteOptions(
    command.addOption(
      new Option('--engine <engine>', 'where to compute: in this process, or on a Spark cluster')
        .choices(['duckdb', 'spark'])
        .default('duckdb'),
    ),
  );
}

export function withRemoteOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--remote <url>',
        'Spark Connect server, sc://HOST:PORT (default: that of "refrain spark start")',
      ).env('SPARK_REMOTE'),
    )
    .option('--work <url>', "folder for the cluster's intermediate tables (default: its warehouse)");
}

/** The engine's part of the settings. @throws UsageError for options of the other engine. */
export async function engineSettings(
  options: EngineOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Pick<ReadSettings, 'memory' | 'spark'>> {
  const { engine, work, memory } = options;
  if (engine === 'spark') {
    if (memory === undefined) return { spark: await sparkTarget(options, env) };
    throw new UsageError(
      "--memory is the embedded engine's; a cluster's memory is set where it is started.",
      { memory },
    );
  }
  if (work !== undefined) throw new UsageError('--work is for --engine spark.', { work });
  return memory === undefined ? {} : { memory };
}

/** The server to compute on; its token comes from REFRAIN_SPARK_TOKEN. @throws UsageError when there is none. */
export async function sparkTarget(
  { remote, work }: RemoteOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SparkTarget> {
  const token = env.REFRAIN_SPARK_TOKEN;
  return {
    ...(remote === undefined ? await localServer(env) : { remote }),
    ...(token === undefined || token === '' ? {} : { token }),
    ...(work === undefined ? {} : { work }),
  };
}

/** The server of `refrain spark start`. */
async function localServer(env: NodeJS.ProcessEnv): Promise<SparkTarget> {
  const { findLocalServer } = await import('../engine/spark/server/local-server.ts');
  const found = await findLocalServer(env);
  if (found?.state !== 'running') {
    throw new UsageError(
      'Which Spark? Give --remote sc://HOST:PORT (or SPARK_REMOTE), or start one on this machine: refrain spark start',
    );
  }
  const { remote, tokenFile } = found.server;
  return { remote, token: await readFile(tokenFile, 'utf8') };
}
