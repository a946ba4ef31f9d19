import type { ExampleRows } from '../features/examples.ts';
import type { CheckResult } from './audit.ts';
import { findDuplicates } from './duplicates.ts';
import { findIdentifiers } from './identifiers.ts';
import { findIdentities } from './identity.ts';
import { countOutcomes, isTelling } from './outcomes.ts';
import { findTargetEncodings } from './target-encoding.ts';

/**
 * The checks that need a table of examples and nothing else.
 * @param isDated whether the cutoffs mean something; see `findDuplicates`.
 */
export function auditRows(rows: ExampleRows, isDated: boolean): CheckResult[] {
  const columns = rows.matrix.names.length;
  const examples = rows.labels.length;
  const users = new Set(rows.users).size;
  const { lost } = countOutcomes(rows.labels);
  const done = (
    check: CheckResult['check'],
    words: string,
    findings: CheckResult['findings'],
  ): CheckResult => ({
    check,
    done: true,
    words,
    findings,
  });
  const ofOutcomes = (check: CheckResult['check'], words: string, find: () => CheckResult['findings']) =>
    isTelling(countOutcomes(rows.labels))
      ? done(check, words, find())
      : {
          check,
          done: false,
          words: `${lost} of ${examples} examples are lost: too few of an outcome to tell a leak from chance.`,
          findings: [],
        };
  return [
    ofOutcomes(
      'identity',
      `${columns} columns alone, and in sums of up to three, against the outcome of ${examples} examples`,
      () => findIdentities(rows),
    ),
    done('identifier', `${columns} columns of ${users} users`, findIdentifiers(rows)),
    ofOutcomes('target encoding', `${columns} columns against the rates of their own rows`, () =>
      findTargetEncodings(rows),
    ),
    done('duplicate rows', `${examples} rows of ${columns} columns`, findDuplicates(rows, isDated)),
  ];
}
