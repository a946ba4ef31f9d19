import { join } from 'node:path';
import { auditRecord } from '../../pipeline/audit/audit-files.ts';
import type { Manifest } from '../../pipeline/manifest.ts';
import type { OtherOutcome, RunResult } from '../../pipeline/run.ts';
import { accountingLines } from './accounting.ts';
import { auditSummary } from './audit-result.ts';
import { comparison } from './comparison.ts';

/** A run for a reader; its last line is the path of the report. */
export function runResultText({ manifest, learned, audit, others }: RunResult, folder: string): string {
  const { accounting, inputs, users, lost } = manifest;
  return [
    ...accountingLines(accounting, inputs.length),
    `${users} users, ${lost} lost.\n`,
    ...(learned === undefined ? [] : [comparison(learned)]),
    ...(audit === undefined ? [] : [`${auditSummary(audit)}\n`]),
    ...others.map((other) => otherOutcome(other, folder)),
    ...(accounting.quarantined > 0 ? [`Bad lines: ${join(folder, 'quarantine.ndjson')}`] : []),
    join(folder, 'report.html'),
  ].join('\n');
}

/** A run for a program. */
export function runResultRecord({ manifest, learned, audit }: RunResult, folder: string) {
  const models = learned?.judged.map(
    ({ name, title, calibration, validationLogLoss, threshold, test, fitSeconds }) => ({
      name,
      title,
      chosen: name === learned.chosen.name,
      calibration: calibration.name,
      validationLogLoss,
      threshold,
      fitSeconds,
      test: test.intervals,
    }),
  );
  return {
    folder,
    report: join(folder, 'report.html'),
    manifest,
    ...(models === undefined ? {} : { models }),
    ...(audit === undefined ? {} : { audit: auditRecord(audit) }),
  };
}

/** Whether the data suffice, with what speaks against it. */
export function sufficiencyNotes({ sufficiency }: Pick<Manifest, 'sufficiency'>): string[] {
  if (sufficiency === undefined) return [];
  const against = sufficiency.criteria.filter(({ verdict }) => verdict !== 'sufficient');
  return [[sufficiency.words, ...against.map(({ words }) => words)].join(' ')];
}

/** An outcome beside the run's own. */
function otherOutcome({ name, lost, learned, audit, nothingToLearn }: OtherOutcome, folder: string): string {
  return [
    `${name}: ${lost} users.\n`,
    ...(learned === undefined ? [`${nothingToLearn}\n`] : [comparison(learned)]),
    ...(audit === undefined ? [] : [`${auditSummary(audit)}\n`]),
    `${join(folder, 'outcomes', name, 'report.html')}\n`,
  ].join('\n');
}
