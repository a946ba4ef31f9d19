import type { ComparedCount } from '../../report/comparison-data.ts';
import type { ReportData } from '../../report/report-data.ts';

/** What the two runs read, and whom they found. */
export function compareCounts(first: ReportData, second: ReportData): ComparedCount[] {
  const count = (
    what: string,
    of: (data: ReportData) => number,
    unit: ComparedCount['unit'] = 'count',
  ): ComparedCount => ({ what, unit, first: of(first), second: of(second) });
  return [
    count('Bytes read', ({ input }) => input.bytes, 'bytes'),
    count('Lines read', ({ input }) => input.lines),
    count('accepted', ({ input }) => input.accepted),
    count('anonymous', ({ input }) => input.anonymous),
    count('duplicate', ({ input }) => input.duplicate),
    count('quarantined', ({ input }) => input.quarantined),
    count('blank', ({ input }) => input.blank),
    count('Users', ({ log }) => log.users),
    count('Lost', ({ log }) => log.lost),
    count('At risk on the scoring day', atRisk),
  ];
}

function atRisk({ learning }: ReportData): number {
  return learning?.cutoffs.find(({ role }) => role === 'score')?.examples ?? Number.NaN;
}
