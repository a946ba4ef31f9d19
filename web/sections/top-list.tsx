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

const drawn = 20;

/** What was played most; the statistics' file names more. */
export function TopList({ kind, play, entries }: TopListProps) {
  const shown = entries.slice(0, drawn);
  const most = Math.max(1, ...entries.map(({ plays }) => plays));
  const first = entries[0];
  return (
    <BarTable
      name={`top-${slug(kind)}`}
      title={first ? `${capitalised(kind)} heard most: ${first.name}` : `No ${kind} was heard`}
      subtitle={
        first
          ? `The ${counted(shown.length, kind)} with the most ${plural(play)}${shown.length < entries.length ? `; statistics/ names ${entries.length}` : ''}.`
          : 'This log names none.'
      }
      columns={[
        { title: capitalised(kind) },
        { title: capitalised(plural(play)), format: formatCount },
        { title: 'Users', format: formatCount },
      ]}
      rows={shown.map(({ name, plays, users }) => ({
        name,
        share: plays / most,
        cells: [plays, users],
      }))}
    />
  );
}
