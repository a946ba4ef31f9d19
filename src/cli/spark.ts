import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { installationFolder } from '../engine/spark/server/install.ts';
import type { Found, LocalServer } from '../engine/spark/server/local-server.ts';
import { sparkVersions } from '../engine/spark/server/versions.ts';
import { wholeNumber, withCommonOptions } from './options.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeNotes, writeOut } from './terminal/write.ts';

interface StartFlags {
  readonly version: string;
  readonly master: string;
  readonly memory: string;
  readonly port?: number;
  readonly conf?: Readonly<Record<string, string>>;
  readonly json?: true;
}

interface Flags {
  readonly json?: true;
}

/** `refrain spark start|stop|status` */
export function sparkCommand(signal: AbortSignal): Command {
  return new Command('spark')
    .description('A Spark server on this machine, to try the Spark engine with.')
    .addCommand(startCommand(signal))
    .addCommand(stopCommand(signal))
    .addCommand(statusCommand());
}

function startCommand(signal: AbortSignal): Command {
  const command = new Command('start')
    .description('Install Spark on first use, start a Spark Connect server, and leave it running.')
    .option('--version <version>', 'the version of Spark, from 4.0.0 on', sparkVersions.newest)
    .option('--master <master>', 'where Spark computes', 'local[*]')
    .option('--memory <size>', 'heap of the server, such as 512m or 4g', parseHeap, '4g')
    .option('--port <n>', 'port on 127.0.0.1 (default: a free one)', wholeNumber(1, 65_535))
    .option('--conf <name=value>', 'Spark configuration; may be repeated', parseConf);
  return withCommonOptions(command)
    .addHelpText('after', startHelp)
    .action(async ({ json, ...options }: StartFlags) => {
      const folder = installationFolder(options.version, process.env);
      if (!existsSync(folder)) {
        writeNotes([`Spark is not there yet: pip installs pyspark ${options.version} into ${folder}, once.`]);
      }
      const { startLocalServer } = await localServers();
      const server = await withTerminal(signal, 1, (effects) => startLocalServer(options, effects));
      if (json) writeJson(shown(server, 'running'));
      else writeOut(howToUse(server));
    });
}

function stopCommand(signal: AbortSignal): Command {
  const command = new Command('stop').description(
    'End the server and remove its files. Spark stays installed.',
  );
  return withCommonOptions(command).action(async ({ json }: Flags) => {
    const { stopLocalServer } = await localServers();
    const stopped = await withTerminal(signal, 1, (effects) => stopLocalServer(effects));
    if (json) writeJson(stopped === undefined ? { outcome: 'none' } : { outcome: stopped.outcome });
    else if (stopped === undefined) writeOut('There is no server to stop.');
    else writeOut(`${ENDED[stopped.outcome]} (${nameOf(stopped.server)}). Its files are removed.`);
  });
}

function statusCommand(): Command {
  const command = new Command('status').description('Say whether the server runs, and where.');
  return withCommonOptions(command).action(async ({ json }: Flags) => {
    const { findLocalServer } = await localServers();
    const found = await findLocalServer();
    if (json) writeJson(found === undefined ? { state: 'none' } : shown(found.server, found.state));
    else writeOut(found === undefined ? 'No server runs. Start one: refrain spark start' : statusText(found));
  });
}

/** Loaded when asked for: no other command should wait for the client's libraries. */
function localServers() {
  return import('../engine/spark/server/local-server.ts');
}

function statusText({ server, state }: Found): string {
  const name = nameOf(server);
  if (state === 'running') return `${name} runs since ${server.started}.\n${use(server)}`;
  if (state === 'silent') {
    return `${name} runs since ${server.started}, but did not answer in 5 s. Its log: ${server.log}`;
  }
  return `${name} has ended by itself or was killed. Its log: ${server.log}`;
}

const ENDED = {
  ended: 'Stopped',
  killed: 'Killed, since it did not end in time',
  gone: 'It had ended already',
} as const;

function howToUse(server: LocalServer): string {
  return `${nameOf(server)} runs, on ${server.master}. It listens on 127.0.0.1 only, and answers only who has its token, since a
Spark server does whatever it is told with your rights. The token lies where only you can read it: ${server.tokenFile}

${use(server)}`;
}

function use(server: LocalServer): string {
  return `Use it:
  export REFRAIN_SPARK_TOKEN="$(cat '${server.tokenFile}')"
  refrain run LOG --engine spark --remote ${server.remote} --out first-run
End it:
  refrain spark stop`;
}

function nameOf({ version, remote, process }: LocalServer): string {
  return `Spark ${version} at ${remote} (pid ${process.pid})`;
}

function shown(server: LocalServer, state: Found['state']) {
  const { process, ...rest } = server;
  return { state, pid: process.pid, ...rest };
}

function parseHeap(text: string): string {
  if (!/^[1-9]\d*[mg]$/i.test(text)) throw new InvalidArgumentError('Expected a size such as 512m or 4g.');
  return text;
}

function parseConf(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected name=value, such as spark.executor.memory=2g.');
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

const startHelp = `
Spark is the PyPI package pyspark, installed by pip into a virtual environment of its own in the cache folder
(REFRAIN_CACHE, else XDG_CACHE_HOME/refrain, else ~/.cache/refrain). It needs python3 and Java 17 or newer.

Examples:
  $ refrain spark start
  $ refrain spark start --master 'local[4]' --memory 8g --conf spark.sql.shuffle.partitions=16`;
