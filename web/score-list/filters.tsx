import type { Scores, TextColumn } from '../report/scores.ts';
import { formatShare } from '../words/number.ts';

/** What the reader asked the list for. */
export interface Asked {
  readonly query: string;
  readonly flaggedOnly: boolean;
  /** Least probability in percent; '' for any. */
  readonly percent: string;
  /** Indices of texts; '' for any. */
  readonly plan: string;
  readonly device: string;
  readonly pageSize: number;
}

interface FiltersProps {
  readonly asked: Asked;
  readonly onAsk: (change: Partial<Asked>) => void;
  readonly scores: Scores;
  readonly threshold: number;
}

const pageSizes = [25, 50, 100];

export function Filters({ asked, onAsk, scores, threshold }: FiltersProps) {
  return (
    <search class="filters">
      <label>
        Search user or reason
        <input
          type="search"
          value={asked.query}
          onInput={(event) => onAsk({ query: event.currentTarget.value })}
        />
      </label>
      <label>
        Probability from, in %
        <input
          type="number"
          min="0"
          max="100"
          step="any"
          value={asked.percent}
          onInput={(event) => onAsk({ percent: event.currentTarget.value })}
        />
      </label>
      <TextFilter title="Plan" column={scores.plan} value={asked.plan} onValue={(plan) => onAsk({ plan })} />
      <TextFilter
        title="Device"
        column={scores.device}
        value={asked.device}
        onValue={(device) => onAsk({ device })}
      />
      <label>
        Rows a page
        <select
          value={asked.pageSize}
          onChange={(event) => onAsk({ pageSize: Number(event.currentTarget.value) })}
        >
          {pageSizes.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={asked.flaggedOnly}
          onChange={(event) => onAsk({ flaggedOnly: event.currentTarget.checked })}
        />
        Only from {formatShare(threshold)} up
      </label>
    </search>
  );
}

interface TextFilterProps {
  readonly title: string;
  readonly column: TextColumn;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** A choice of the column's texts; nothing where there is nothing to choose. */
function TextFilter({ title, column: { texts }, value, onValue }: TextFilterProps) {
  if (texts.length < 2) return null;
  const order = [...texts.keys()].sort((a, b) => texts[a].localeCompare(texts[b], 'en'));
  return (
    <label>
      {title}
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">any</option>
        {order.map((i) => (
          <option key={i} value={i}>
            {texts[i] === '' ? 'not known' : texts[i]}
          </option>
        ))}
      </select>
    </label>
  );
}
