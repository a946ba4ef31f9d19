import { useMemo, useState } from 'preact/hooks';
import type { Scores } from '../report/scores.ts';
import { DownloadButton } from './download-button.tsx';
import { Filters } from './filters.tsx';
import { Pager } from './pager.tsx';
import { ScoreTable } from './score-table.tsx';
import { filterRows, type Order, sortRows } from './select-rows.ts';

interface ScoreListProps {
  readonly scores: Scores;
  readonly threshold: number;
  /** Part of the name of the downloaded file. */
  readonly day: string;
}

/** All scored users: searched, sorted, a page at a time. */
export function ScoreList({ scores, threshold, day }: ScoreListProps) {
  const [query, setQuery] = useState('');
  const [flaggedOnly, setFlaggedOnly] = useState(false);
  const [order, setOrder] = useState<Order>({ key: 'rank', descending: false });
  const [pageSize, setPageSize] = useState(25);
  const [page, setPage] = useState(0);
  const found = useMemo(
    () => filterRows(scores, { query, least: flaggedOnly ? threshold : 0 }),
    [scores, query, flaggedOnly, threshold],
  );
  const rows = useMemo(() => sortRows(found, scores, order), [found, scores, order]);
  const fromFirstPage = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      setPage(0);
    };
  };
  return (
    <div class="score-list">
      <Filters
        query={query}
        onQuery={fromFirstPage(setQuery)}
        flaggedOnly={flaggedOnly}
        onFlaggedOnly={fromFirstPage(setFlaggedOnly)}
        threshold={threshold}
        pageSize={pageSize}
        onPageSize={fromFirstPage(setPageSize)}
      />
      <ScoreTable
        scores={scores}
        rows={rows.subarray(page * pageSize, (page + 1) * pageSize)}
        threshold={threshold}
        order={order}
        onOrder={fromFirstPage(setOrder)}
      />
      <div class="below-table">
        <Pager page={page} pageSize={pageSize} found={rows.length} all={scores.size} onPage={setPage} />
        <DownloadButton scores={scores} rows={rows} day={day} />
      </div>
    </div>
  );
}
