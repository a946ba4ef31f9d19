import { formatShare } from '../words/number.ts';

interface FiltersProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly flaggedOnly: boolean;
  readonly onFlaggedOnly: (flaggedOnly: boolean) => void;
  readonly threshold: number;
  readonly pageSize: number;
  readonly onPageSize: (size: number) => void;
}

const pageSizes = [25, 50, 100];

export function Filters(props: FiltersProps) {
  return (
    <search class="filters">
      <label>
        Search user or reason
        <input
          type="search"
          value={props.query}
          onInput={(event) => props.onQuery(event.currentTarget.value)}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={props.flaggedOnly}
          onChange={(event) => props.onFlaggedOnly(event.currentTarget.checked)}
        />
        Only from {formatShare(props.threshold)} up
      </label>
      <label>
        Rows a page
        <select
          value={props.pageSize}
          onChange={(event) => props.onPageSize(Number(event.currentTarget.value))}
        >
          {pageSizes.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
