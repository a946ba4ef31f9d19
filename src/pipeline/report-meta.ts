import { outcomeInWords } from '../definition/outcomes.ts';
import { duckdbVersion } from '../engine/duckdb/version.ts';
import type { ReportMeta } from '../report/report-data.ts';
import { version } from './manifest.ts';
import { repeatCommand } from './repeat-command.ts';
import type { RunSettings } from './settings.ts';

/** What the report says of the run itself. */
export function reportMeta(settings: RunSettings, createdAt: number): ReportMeta {
  const { definition, seed, protocol, leadDays, horizonDays } = settings;
  return {
    version,
    definition: definition.name,
    ...(definition.note === undefined ? {} : { note: definition.note }),
    createdAt,
    seed,
    protocol,
    leadDays,
    horizonDays,
    words: definition.words,
    repeat: repeatCommand(settings),
    versions: [
      { name: 'Node.js', value: process.versions.node },
      { name: 'Engine', value: settings.spark === undefined ? `DuckDB ${duckdbVersion()}` : 'Apache Spark' },
    ],
    settings: [
      { name: 'log', value: settings.log.join(', ') },
      ...outcomeRows(settings),
      { name: 'learners', value: settings.learners.join(', ') },
      { name: 'user folds', value: String(settings.folds) },
      { name: 'days between cutoffs', value: String(settings.everyDays) },
      { name: 'days of history before the first cutoff', value: String(settings.historyDays) },
      { name: 'bootstrap replicates', value: String(settings.replicates) },
    ],
  };
}

/** What the report is of, where there is a choice. */
function outcomeRows({ outcome, outcomes, definition }: RunSettings): { name: string; value: string }[] {
  if (outcomes === undefined) return [];
  const own = outcome === undefined ? [] : [{ name: 'outcome', value: outcomeInWords(outcome, definition) }];
  return [...own, { name: 'outcomes of the run', value: outcomes.join(', ') }];
}
