import type { Scores } from '../report/scores.ts';
import { counted } from '../words/plural.ts';
import { toCsv } from './csv.ts';

interface DownloadButtonProps {
  readonly scores: Scores;
  readonly rows: Int32Array;
  readonly day: string;
}

/** Saves the rows found, in their order, without leaving the page. */
export function DownloadButton({ scores, rows, day }: DownloadButtonProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([toCsv(scores, rows)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `scores-${day}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <button type="button" class="primary" disabled={rows.length === 0} onClick={save}>
      Download {counted(rows.length, 'user')} as CSV
    </button>
  );
}
