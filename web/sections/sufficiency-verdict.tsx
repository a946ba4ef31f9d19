import type { ReportSufficiency } from '../../src/report/report-sufficiency.ts';
import { Notice } from './notice.tsx';

/** Whether the data suffice, and what speaks against it. */
export function SufficiencyVerdict({ sufficiency }: { sufficiency: ReportSufficiency }) {
  const against = sufficiency.criteria.filter(({ verdict }) => verdict !== 'sufficient');
  return (
    <Notice title="Do the data suffice?">
      {[sufficiency.words, ...against.map(({ words }) => words)].join(' ')}
    </Notice>
  );
}
