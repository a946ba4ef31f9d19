import type { Scores } from '../report/scores.ts';
import { saveFile } from '../save/save-file.ts';
import { counted } from '../words/plural.ts';
import { toCsv } from './csv.ts';

interface DownloadButtonProps {
  readonly scores: Scores;
  readonly rows: Int32Array;
  readonly day: string;
}

/** Saves the rows found, in their order. */
export function DownloadButton({ scores, rows, day }: DownloadButtonProps) {
  const save = () =>
    saveFile(new Blob([toCsv(scores, rows)], { type: 'text/csv;charset=utf-8' }), `scores-${day}.csv`);
  return (
    <button type="button" class="primary" disabled={rows.length === 0} onClick={save}>
      Download {counted(rows.length, 'user')} as CSV
    </button>
  );
}
