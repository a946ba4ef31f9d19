import type { Audit, CheckResult } from '../../audit/audit.ts';
import { isFault } from '../../audit/finding.ts';
import type { ReportAudit } from '../../report/report-data.ts';

/** An audit as the report shows it. */
export function reportAudit({ checks, prices }: Audit): ReportAudit {
  return {
    checks: checks.map((result) => ({
      check: result.check,
      verdict: verdictOf(result),
      words: [result.words, ...result.findings.map(({ words }) => words)],
    })),
    prices: prices.map(({ title, words, rocAuc, averagePrecision, rows, lost }) => ({
      title,
      words,
      rocAuc,
      averagePrecision,
      rows,
      lost,
    })),
  };
}

function verdictOf({ done, findings }: CheckResult): ReportAudit['checks'][number]['verdict'] {
  if (!done) return 'not done';
  if (findings.some(isFault)) return 'found';
  return findings.length === 0 ? 'passed' : 'unknown';
}
