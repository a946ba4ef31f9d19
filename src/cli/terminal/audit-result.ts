import { type Audit, type CheckResult, faultsOf } from '../../audit/audit.ts';
import type { Price } from '../../audit/leak-price.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import { alignedTable } from './write.ts';

/** An audit for a reader: each check, what it found, and what each leak would have been worth. */
export function auditText(audit: Audit): string {
  const faults = faultsOf(audit).length;
  return [
    ...audit.checks.flatMap(checkLines),
    ...(audit.prices.length === 0 ? [] : ['', ...priceLines(audit.prices)]),
    '',
    faults === 0
      ? 'No leak was found. That is what these checks can show; docs/audit.md says what they cannot.'
      : `${faults} finding${faults === 1 ? '' : 's'}: do not believe a score of these features before they are mended.`,
  ].join('\n');
}

/** A run's audit in a line, or its findings; in full where it was asked for in full. */
export function auditSummary(audit: Audit): string {
  if (audit.prices.length > 0) return auditText(audit);
  const told = audit.checks.filter(({ findings }) => findings.length > 0);
  if (told.length > 0) return told.flatMap(checkLines).join('\n');
  const done = audit.checks.filter((check) => check.done).length;
  return `Audit: ${done} checks of ${audit.checks.length} done, no leak found (--audit for all of them).`;
}

function checkLines({ check, done, words, findings }: CheckResult): string[] {
  return [
    `${verdictOf(done, findings)}  ${check}: ${words}`,
    ...findings.map((finding) => `          ${finding.severity}: ${finding.words}`),
  ];
}

function verdictOf(done: boolean, findings: CheckResult['findings']): string {
  if (!done) return 'not done';
  if (findings.length === 0) return 'passed  ';
  return findings.every(({ severity }) => severity === 'unknown') ? 'unknown ' : 'FOUND   ';
}

function priceLines(prices: readonly Price[]): string[] {
  return [
    'The same learner, judged in five ways:',
    alignedTable(
      prices.map(({ title, rocAuc, averagePrecision, rows, lost }) => ({
        way: title,
        'ROC AUC (95 %)': inWords(rocAuc),
        'avg. precision': inWords(averagePrecision),
        rows,
        lost,
      })),
    ),
    ...prices.map(({ title, words }) => `  ${title}: ${words}`),
  ];
}

function inWords({ value, low, high }: Interval): string {
  return `${rounded(value)} [${rounded(low)}, ${rounded(high)}]`;
}

function rounded(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}
