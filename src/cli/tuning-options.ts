import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../errors.ts';
import type { TuningSettings } from '../pipeline/settings.ts';
import { wholeNumber } from './options.ts';

export interface TuningOptions {
  readonly tune?: number;
  readonly tuneSeconds?: number;
  readonly trials?: string;
}

/** Options of every command that may choose settings. */
export function withTuningOptions(command: Command): Command {
  return command
    .option(
      '--tune <n>',
      'choose the settings of each learner, with as many fits as n of them need on every fold',
      wholeNumber(1, 1_000_000),
    )
    .option('--tune-seconds <s>', 'stop choosing after so long, for all learners together', parseSeconds)
    .option('--trials <file>', 'keep trials there as they end, and go on from those that it holds');
}

/** @throws UsageError for a file of trials without a search. */
export function tuningSettings({ tune, tuneSeconds, trials }: TuningOptions): { tuning?: TuningSettings } {
  if (tune === undefined && tuneSeconds === undefined) {
    if (trials === undefined) return {};
    throw new UsageError('--trials keeps what --tune or --tune-seconds tries: give one of them too.', {
      trials,
    });
  }
  return {
    tuning: {
      ...(tune === undefined ? {} : { trials: tune }),
      ...(tuneSeconds === undefined ? {} : { seconds: tuneSeconds }),
      ...(trials === undefined ? {} : { trialsFile: trials }),
    },
  };
}

function parseSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= 31_536_000) return seconds;
  throw new InvalidArgumentError('Expected seconds such as 600.');
}
