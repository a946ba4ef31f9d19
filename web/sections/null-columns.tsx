import type { ReportInput } from '../../src/report/report-data.ts';
import { BarTable } from '../tables/bar-table.tsx';
import { formatCount, formatShare } from '../words/number.ts';

export function NullColumns({ nulls }: { nulls: ReportInput['nulls'] }) {
  const incomplete = nulls.filter(({ nulls: count }) => count > 0);
  return (
    <BarTable
      name="nulls"
      title={
        incomplete.length === 0
          ? 'No column has nulls'
          : `${formatCount(incomplete.length)} of ${formatCount(nulls.length)} columns have nulls`
      }
      subtitle="Share of good lines, anonymous ones included, in which a column is null or empty; columns without nulls are not listed."
      columns={[
        { title: 'Column' },
        { title: 'Null in', format: formatShare },
        { title: 'Lines', format: formatCount },
      ]}
      rows={incomplete.map(({ column, nulls: count, share }) => ({
        name: column,
        share,
        cells: [share, count],
      }))}
    />
  );
}
