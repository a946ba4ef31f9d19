import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Audit, faultsOf } from '../../audit/audit.ts';
import { recordsToCsv } from '../../table/csv.ts';
import type { Cell } from '../../table/table.ts';

/** An audit as plain data, for programs; the same input and seed give the same bytes. */
export function auditRecord(audit: Audit) {
  return { passed: faultsOf(audit).length === 0, ...audit };
}

/** Writes `audit.json` to a folder, and to another of it a row a finding, or of a check without one, as `audit.csv`, and the `leak_price.csv`. */
export async function writeAudit(folder: string, tables: string, audit: Audit): Promise<void> {
  await writeFile(join(folder, 'audit.json'), `${JSON.stringify(auditRecord(audit), null, 2)}\n`);
  await writeFile(
    join(tables, 'audit.csv'),
    recordsToCsv(['check', 'verdict', 'feature', 'words'], checkRecords(audit)),
  );
  if (audit.prices.length === 0) return;
  await writeFile(join(tables, 'leak_price.csv'), recordsToCsv(priceColumns, priceRecords(audit)));
}

type Records = readonly Readonly<Record<string, Cell>>[];

function checkRecords({ checks }: Audit): Records {
  return checks.flatMap(({ check, done, words, findings }): Records => {
    if (findings.length === 0)
      return [{ check, verdict: done ? 'passed' : 'not done', feature: null, words }];
    return findings.map(({ severity, feature, words: found }) => ({
      check,
      verdict: severity,
      feature: feature ?? null,
      words: found,
    }));
  });
}

const priceColumns = [
  'way',
  'rows',
  'lost',
  'roc_auc',
  'roc_auc_low',
  'roc_auc_high',
  'average_precision',
  'average_precision_low',
  'average_precision_high',
];

function priceRecords({ prices }: Audit): Records {
  return prices.map(({ way, rows, lost, rocAuc, averagePrecision }) => ({
    way,
    rows,
    lost,
    roc_auc: rocAuc.value,
    roc_auc_low: rocAuc.low,
    roc_auc_high: rocAuc.high,
    average_precision: averagePrecision.value,
    average_precision_low: averagePrecision.low,
    average_precision_high: averagePrecision.high,
  }));
}
