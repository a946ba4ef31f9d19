import { reasonsOf, type Scores, textAt } from '../report/scores.ts';
import { addressOf } from '../user/address.ts';
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

interface ListColumn {
  readonly key: SortKey;
  readonly title: string;
}

const rank: ListColumn = { key: 'rank', title: 'Rank' };
const always: readonly ListColumn[] = [
  { key: 'name', title: 'User' },
  { key: 'probability', title: 'Probability' },
];
const reason: ListColumn = { key: 'reason', title: 'Reasons' };

export function ScoreTable({ scores, rows, threshold, order, onOrder }: ScoreTableProps) {
  const known = knownColumns(scores);
  return (
    <table class="data scores">
      <caption class="unseen">Users by risk of leaving</caption>
      <thead>
        <tr>
          {[rank, ...always, ...known, reason].map(({ key, title }) => (
            <th key={key} scope="col" class={`of-${key}`} aria-sort={directionOf(order, key)}>
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
          <Row
            key={row}
            scores={scores}
            known={known}
            row={row}
            flagged={scores.probability[row] >= threshold}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Plan and device, where any user's is known. */
function knownColumns({ plan, device }: Scores): (ListColumn & { key: 'plan' | 'device' })[] {
  return [
    ...(plan.texts.some(Boolean) ? [{ key: 'plan', title: 'Plan' } as const] : []),
    ...(device.texts.some(Boolean) ? [{ key: 'device', title: 'Device' } as const] : []),
  ];
}

interface RowProps {
  readonly scores: Scores;
  readonly known: ReturnType<typeof knownColumns>;
  readonly row: number;
  readonly flagged: boolean;
}

function Row({ scores, known, row, flagged }: RowProps) {
  const probability = scores.probability[row];
  return (
    <tr class={flagged ? 'flagged' : undefined}>
      <td class="of-rank">{formatCount(row + 1)}</td>
      <th scope="row">
        <a href={addressOf(scores.name[row])} id={`row-${row}`}>
          {scores.name[row] || '(no name)'}
        </a>
      </th>
      <td class="probability">
        {formatShare(probability)}
        <span class="meter" aria-hidden="true">
          <span style={{ width: `${(probability || 0) * 100}%` }} />
        </span>
      </td>
      {known.map(({ key }) => (
        <td key={key} class="known">
          {textAt(scores[key], row) || '–'}
        </td>
      ))}
      <td>
        <ul class="reasons">
          {reasonsOf(scores, row).map((text) => (
            <li key={text} class="raises">
              <span class="unseen">Raises the risk:</span> {text}
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
