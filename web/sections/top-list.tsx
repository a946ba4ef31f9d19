import type { ReportLog } from '../../src/report/report-data.ts';
import { BarTable } from '../tables/bar-table.tsx';
import { formatCount } from '../words/number.ts';
import { capitalised, counted, plural } from '../words/plural.ts';
import { slug } from '../words/slug.ts';

interface TopListProps {
  readonly kind: string;
  readonly play: string;
  readonly entries: ReportLog['topCreators'];
}

export function TopList({ kind, play, entries }: TopListProps) {
  const most = Math.max(1, ...entries.map(({ plays }) => plays));
  const first = entries[0];
  return (
    <BarTable
      name={`top-${slug(kind)}`}
      title={first ? `${capitalised(kind)} heard most: ${first.name}` : `No ${kind} was heard`}
      subtitle={
        first ? `The ${counted(entries.length, kind)} with the most ${plural(play)}.` : 'This log names none.'
      }
      columns={[
        { title: capitalised(kind) },
        { title: capitalised(plural(play)), format: formatCount },
        { title: 'Users', format: formatCount },
      ]}
      rows={entries.map(({ name, plays, users }) => ({
        name,
        share: plays / most,
        cells: [plays, users],
      }))}
    />
  );
}
