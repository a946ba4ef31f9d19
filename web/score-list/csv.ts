import { reasonsOf, type Scores } from '../report/scores.ts';
import { csvText } from '../save/csv.ts';

/** The rows of the score list as CSV, a pair of columns a reason. */
export function toCsv(scores: Scores, rows: Int32Array): string {
  const most = rows.reduce(
    (count, row) => Math.max(count, scores.firstReason[row + 1] - scores.firstReason[row]),
    0,
  );
  const numbers = Array.from({ length: most }, (_, i) => i + 1);
  const heading = [
    'rank',
    'user',
    'probability',
    ...numbers.flatMap((n) => [`reason_${n}`, `contribution_${n}`]),
  ];
  const lines = Array.from(rows, (row) => {
    const reasons = reasonsOf(scores, row);
    return [
      scores.rank[row],
      scores.user[row],
      scores.probability[row],
      ...numbers.flatMap((n) => {
        const reason = reasons[n - 1];
        return reason ? [reason.text, reason.contribution] : ['', ''];
      }),
    ];
  });
  return csvText([heading, ...lines]);
}
