import type { ReportAudit } from '../../src/report/report-data.ts';
import { Figure } from '../charts/figure.tsx';
import { LeakPriceChart } from '../charts/leak-price-chart.tsx';
import { DataTable } from '../tables/data-table.tsx';
import { counted } from '../words/plural.ts';
import { Notice } from './notice.tsx';

const columns = ['Check', 'Verdict', 'What was looked at, and found'].map((title) => ({ title }));

/** What was looked at for leaks, what was found, and what a worse way to judge would have claimed. */
export function AuditPart({ audit }: { audit: ReportAudit }) {
  const found = audit.checks.filter(({ verdict }) => verdict === 'found').length;
  const done = audit.checks.filter(({ verdict }) => verdict !== 'not done').length;
  const rows = audit.checks.map(({ check, verdict, words }) => [check, verdict, words.join('. ')]);
  return (
    <>
      <h3 class="part-title" id="audit">
        Is the score honest?
      </h3>
      {found > 0 ? (
        <Notice title={`${counted(found, 'check')} found a leak.`}>
          Do not believe the scores before it is mended.
        </Notice>
      ) : (
        <p>
          {counted(done, 'check')} of {audit.checks.length} were done, and found no leak.
        </p>
      )}
      <Figure name="audit" wide isTable title="The audit, check by check" columns={columns} rows={rows}>
        <DataTable caption="The audit, check by check" columns={columns} rows={rows} />
      </Figure>
      {audit.prices.length > 0 && <LeakPriceChart prices={audit.prices} />}
    </>
  );
}
