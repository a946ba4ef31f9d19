import type { ReportGroup } from '../../src/report/report-data.ts';
import type { Column, Row } from '../tables/cell.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { capitalised } from '../words/plural.ts';

/** The table behind every drawing of shares lost by an attribute. */
export function groupColumns({ attribute }: ReportGroup): Column[] {
  return [
    { title: capitalised(attribute) },
    { title: 'Users', format: formatCount },
    { title: 'Lost', format: formatCount },
    { title: 'Share lost', format: formatShare },
    { title: '95% interval', format: formatShare },
  ];
}

export function groupRows({ rows }: ReportGroup): Row[] {
  return rows.map(({ value, users, lost, share }) => [value, users, lost, share.value, share]);
}
