import { reasonsOf, type Scores } from '../report/scores.ts';
import { formatCount, formatShare } from '../words/number.ts';
import type { Order, SortKey } from './select-rows.ts';

interface ScoreTableProps {
  readonly scores: Scores;
  /** The rows of this page, in order. */
  readonly rows: Int32Array;
  readonly threshold: number;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

const columns: readonly { readonly key: SortKey; readonly title: string; readonly numeric: boolean }[] = [
  { key: 'rank', title: 'Rank', numeric: true },
  { key: 'user', title: 'User', numeric: false },
  { key: 'probability', title: 'Probability', numeric: false },
  { key: 'reason', title: 'Reasons', numeric: false },
];

export function ScoreTable({ scores, rows, threshold, order, onOrder }: ScoreTableProps) {
  return (
    <table class="data scores">
      <caption class="unseen">Users by risk of leaving</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, numeric }) => (
            <th
              key={key}
              scope="col"
              class={numeric ? 'number' : undefined}
              aria-sort={directionOf(order, key)}
            >
              <button
                type="button"
                onClick={() => onOrder({ key, descending: order.key === key && !order.descending })}
              >
                {title}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from(rows, (row) => (
          <Row key={row} scores={scores} row={row} flagged={scores.probability[row] >= threshold} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ scores, row, flagged }: { scores: Scores; row: number; flagged: boolean }) {
  const probability = scores.probability[row];
  return (
    <tr class={flagged ? 'flagged' : undefined}>
      <td class="number">{formatCount(scores.rank[row])}</td>
      <th scope="row">{scores.user[row]}</th>
      <td class="probability">
        {formatShare(probability)}
        <span class="meter" aria-hidden="true">
          <span style={{ width: `${(probability || 0) * 100}%` }} />
        </span>
      </td>
      <td>
        <ul class="reasons">
          {reasonsOf(scores, row).map(({ text, contribution }) => (
            <li key={text} class={contribution > 0 ? 'raises' : 'lowers'}>
              <span class="unseen">{contribution > 0 ? 'Raises the risk:' : 'Lowers the risk:'}</span> {text}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

function directionOf(order: Order, key: SortKey): 'ascending' | 'descending' | undefined {
  if (order.key !== key) return undefined;
  return order.descending ? 'descending' : 'ascending';
}
