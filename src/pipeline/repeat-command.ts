import type { BadRowLimit } from '../ingest/accounting.ts';
import type { OwnTableSpec } from './own-tables/own-table-spec.ts';
import { defaultLearnSettings, defaultReadSettings, type RunSettings } from './settings.ts';

/**
 * The command line that makes a run again, as a POSIX shell reads it: the log, and what differs from the defaults. What only says where to
 * compute, and secrets, are left out: they change no number.
 */
export function repeatCommand(settings: RunSettings): string {
  const { log, out } = settings;
  const options = Object.entries(flags).flatMap(([flag, read]) => {
    const value = read(settings);
    if (value === false || value === undefined) return [];
    return value === true ? [flag] : [flag, quoted(value)];
  });
  const tables = (settings.own ?? []).flatMap((table) => ['--with', quoted(ownTable(table))]);
  return ['refrain run', ...log.map(quoted), ...options, ...tables, '--out', quoted(out)].join(' ');
}

type Value = string | boolean | undefined;

const flags: Readonly<Record<string, (settings: RunSettings) => Value>> = {
  '--definition': ({ definition }) =>
    definition.name === defaultReadSettings.definition.name ? undefined : `${definition.name}.yaml`,
  '--protocol': changed('protocol'),
  '--lead': changed('leadDays'),
  '--horizon': changed('horizonDays'),
  '--every': changed('everyDays'),
  '--history': changed('historyDays'),
  '--folds': changed('folds'),
  '--test-cutoffs': changed('testCutoffs'),
  '--learner': changed('learners'),
  '--calibration': changed('calibration'),
  '--outcome': ({ outcomes }) => outcomes?.join(','),
  '--max-fit-examples': changed('maxFitExamples'),
  '--replicates': changed('replicates'),
  '--tune': ({ tuning }) => tuning?.trials?.toString(),
  '--tune-seconds': ({ tuning }) => tuning?.seconds?.toString(),
  '--audit': ({ fullAudit }) => fullAudit,
  '--sufficiency': ({ sufficiency }) => sufficiency,
  '--max-bad-rows': ({ maxBadRows }) => badRows(maxBadRows),
  '--seed': changed('seed'),
};

/** The value of a setting where it is not the default. */
function changed(key: keyof typeof defaultLearnSettings): (settings: RunSettings) => Value {
  return (settings) => {
    const value = String(settings[key]);
    return value === String(defaultLearnSettings[key]) ? undefined : value;
  };
}

function badRows(limit: BadRowLimit): Value {
  if ('count' in limit) return String(limit.count);
  return limit.share === defaultReadSettings.maxBadRows.share ? undefined : `${limit.share * 100}%`;
}

function ownTable({ path, user, date }: OwnTableSpec): string {
  const columns = [user === undefined ? [] : `user=${user}`, date === undefined ? [] : `date=${date}`].flat();
  return [path, ...columns].join(',');
}

function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
