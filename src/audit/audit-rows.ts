import type { ExampleRows } from '../features/examples.ts';
import type { CheckResult } from './audit.ts';
import { findDuplicates } from './duplicates.ts';
import { findIdentifiers } from './identifiers.ts';
import { findIdentities } from './identity.ts';
import { countOutcomes, isTelling } from './outcomes.ts';
import { findTargetEncodings } from './target-encoding.ts';

/** The checks that need a table of examples and nothing else, in the order in which they are told of. */
export const rowChecks = ['identity', 'identifier', 'target encoding', 'duplicate rows'] as const;

export type RowCheck = (typeof rowChecks)[number];

/**
 * One of them.
 * @param isDated whether the cutoffs mean something; see `findDuplicates`.
 */
export function checkRows(check: RowCheck, rows: ExampleRows, isDated: boolean): CheckResult {
  const columns = rows.matrix.names.length;
  const examples = rows.labels.length;
  const done = (words: string, findings: CheckResult['findings']) => ({ check, done: true, words, findings });
  switch (check) {
    case 'identity':
      if (!isTelling(countOutcomes(rows.labels))) return tooFew(check, rows.labels);
      return done(
        `${columns} columns alone, and in sums of up to three, against the outcome of ${examples} examples`,
        findIdentities(rows),
      );
    case 'identifier':
      return done(`${columns} columns of ${new Set(rows.users).size} users`, findIdentifiers(rows));
    case 'target encoding':
      if (!isTelling(countOutcomes(rows.labels))) return tooFew(check, rows.labels);
      return done(`${columns} columns against the rates of their own rows`, findTargetEncodings(rows));
    case 'duplicate rows':
      return done(`${examples} rows of ${columns} columns`, findDuplicates(rows, isDated));
  }
}

function tooFew(check: RowCheck, labels: Uint8Array): CheckResult {
  const words = `${countOutcomes(labels).lost} of ${labels.length} examples are lost: too few of an outcome to tell a leak from chance.`;
  return { check, done: false, words, findings: [] };
}
