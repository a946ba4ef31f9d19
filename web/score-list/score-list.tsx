import { useMemo, useState } from 'preact/hooks';
import type { Scores } from '../report/scores.ts';
import { DownloadButton } from './download-button.tsx';
import { type Asked, Filters } from './filters.tsx';
import { Pager } from './pager.tsx';
import { ScoreTable } from './score-table.tsx';
import { filterRows, type Order, sortRows } from './select-rows.ts';

interface ScoreListProps {
  readonly scores: Scores;
  readonly threshold: number;
  /** Part of the name of the downloaded file. */
  readonly day: string;
}

const nothingAsked: Asked = {
  query: '',
  flaggedOnly: false,
  percent: '',
  plan: '',
  device: '',
  pageSize: 25,
};

/** All scored users: searched, sorted, a page at a time. */
export function ScoreList({ scores, threshold, day }: ScoreListProps) {
  const [asked, setAsked] = useState(nothingAsked);
  const [order, setOrder] = useState<Order>({ key: 'rank', descending: false });
  const [page, setPage] = useState(0);
  const { query, flaggedOnly, percent, plan, device, pageSize } = asked;
  const found = useMemo(
    () =>
      filterRows(scores, {
        query,
        least: Math.max(flaggedOnly ? threshold : 0, (Number(percent) || 0) / 100),
        plan: chosen(plan),
        device: chosen(device),
      }),
    [scores, query, flaggedOnly, percent, plan, device, threshold],
  );
  const rows = useMemo(() => sortRows(found, scores, order), [found, scores, order]);
  return (
    <div class="score-list">
      <Filters
        asked={asked}
        onAsk={(change) => {
          setAsked({ ...asked, ...change });
          setPage(0);
        }}
        scores={scores}
        threshold={threshold}
      />
      <ScoreTable
        scores={scores}
        rows={rows.subarray(page * pageSize, (page + 1) * pageSize)}
        threshold={threshold}
        order={order}
        onOrder={(next) => {
          setOrder(next);
          setPage(0);
        }}
      />
      <div class="below-table">
        <Pager page={page} pageSize={pageSize} found={rows.length} all={scores.size} onPage={setPage} />
        <DownloadButton scores={scores} rows={rows} day={day} />
      </div>
    </div>
  );
}

function chosen(index: string): number | undefined {
  return index === '' ? undefined : Number(index);
}
