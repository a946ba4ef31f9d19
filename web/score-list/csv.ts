import { reasonsOf, type Scores, textAt } from '../report/scores.ts';
import { csvText } from '../save/csv.ts';

/** The rows of the score list as CSV, a column a reason. */
export function toCsv(scores: Scores, rows: Int32Array): string {
  const most = rows.reduce(
    (count, row) => Math.max(count, scores.firstReason[row + 1] - scores.firstReason[row]),
    0,
  );
  const numbers = Array.from({ length: most }, (_, i) => i);
  const heading = ['rank', 'user', 'probability', 'plan', 'device', ...numbers.map((n) => `reason_${n + 1}`)];
  const lines = Array.from(rows, (row) => {
    const reasons = reasonsOf(scores, row);
    return [
      row + 1,
      scores.name[row],
      scores.probability[row],
      textAt(scores.plan, row),
      textAt(scores.device, row),
      ...numbers.map((n) => reasons[n] ?? ''),
    ];
  });
  return csvText([heading, ...lines]);
}
